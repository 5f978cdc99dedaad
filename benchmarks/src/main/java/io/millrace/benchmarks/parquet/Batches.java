package io.millrace.benchmarks.parquet;

import io.millrace.vector.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of a shape, each as large as a parser makes them.
 *
 * @param jsonBytes what the same records take as NDJSON
 */
record Batches(List<RecordBatch> batches, long jsonBytes) {
  private static final int BATCH_BYTES = 1_000_000;
  private static final int SAMPLE = 1000;

  static Batches of(Shape shape, long jsonBytes) {
    Values values = new Values(42);
    int sampleBytes = VectorJson.of(batch(shape, values, SAMPLE)).length();
    int rows = Math.max(1, (int) ((long) SAMPLE * BATCH_BYTES / sampleBytes));
    List<RecordBatch> batches = new ArrayList<>();
    long bytesPerBatch = (long) sampleBytes * rows / SAMPLE;
    while (batches.size() * bytesPerBatch < jsonBytes) {
      batches.add(batch(shape, values, rows));
    }
    return new Batches(batches, batches.size() * bytesPerBatch);
  }

  private static RecordBatch batch(Shape shape, Values values, int rows) {
    RecordBatch batch = new RecordBatch(shape.schema());
    batch.arena().reset(new byte[2 * BATCH_BYTES], 0);
    values.arena(batch.arena());
    for (int i = 0; i < rows; i++) {
      shape.append(batch, values);
    }
    batch.finish();
    return batch;
  }
}
