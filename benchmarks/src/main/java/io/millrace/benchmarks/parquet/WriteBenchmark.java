package io.millrace.benchmarks.parquet;

import io.millrace.benchmarks.Megabytes;
import io.millrace.parquet.Codec;
import io.millrace.parquet.ParquetFileWriter;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.IOException;
import java.io.OutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole files from vectors, at a rate of the JSON that would hold the same records. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class WriteBenchmark {
  @Param({"clicks", "packages", "tweets"})
  public String shape;

  @Param({"zstd:1", "none"})
  public String codec;

  /** Of the JSON. */
  @Param("200000000")
  public long bytes;

  private Type.Struct schema;
  private Batches batches;

  @Setup
  public void makeBatches() {
    schema = Shape.of(shape).schema();
    batches = Batches.of(Shape.of(shape), bytes);
  }

  @Benchmark
  public long write(Megabytes done) throws IOException {
    ParquetOptions options = ParquetOptions.defaults().withCodec(Codec.parse(codec));
    try (ParquetFileWriter writer =
        new ParquetFileWriter(schema, options, OutputStream.nullOutputStream())) {
      for (RecordBatch batch : batches.batches()) {
        writer.append(batch);
      }
      done.add(batches.jsonBytes());
      return writer.finish().bytes();
    }
  }
}
