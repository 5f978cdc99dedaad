package io.millrace.benchmarks.parquet;

import io.millrace.parquet.Codec;
import io.millrace.parquet.ParquetFileWriter;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.IOException;
import java.io.OutputStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
  private static final long JSON_BYTES = 200_000_000;

  /** What was done, for rates. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Done {
    public double jsonMegabytes;

    @Setup(Level.Iteration)
    public void clear() {
      jsonMegabytes = 0;
    }
  }

  @Param({"clicks", "packages", "tweets"})
  public String shape;

  @Param({"zstd:1", "none"})
  public String codec;

  private Type.Struct schema;
  private Batches batches;

  @Setup
  public void makeBatches() {
    schema = Shape.of(shape).schema();
    batches = Batches.of(Shape.of(shape), JSON_BYTES);
  }

  @Benchmark
  public long write(Done done) throws IOException {
    ParquetOptions options = ParquetOptions.defaults().withCodec(Codec.parse(codec));
    try (ParquetFileWriter writer =
        new ParquetFileWriter(schema, options, OutputStream.nullOutputStream())) {
      for (RecordBatch batch : batches.batches()) {
        writer.append(batch);
      }
      done.jsonMegabytes += batches.jsonBytes() / 1e6;
      return writer.finish().bytes();
    }
  }
}
