package io.millrace.benchmarks.parquet;

import io.millrace.benchmarks.Megabytes;
import io.millrace.parquet.Codec;
import io.millrace.parquet.ParquetOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
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

/** One column from vectors to a file without compression, at a rate of its values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncodeBenchmark {
  @Param public OneColumn column;

  @Param("32000000")
  public long bytes;

  private ParquetOptions options;
  private ColumnData data;

  /** Makes the batches, and checks that the file holds them as it should. */
  @Setup
  public void makeBatches() throws IOException, SQLException {
    options = ParquetOptions.defaults().withCodec(Codec.none());
    data = ColumnData.of(column, bytes);
    data.check(options);
  }

  @Benchmark
  public long encode(Megabytes done) throws IOException {
    long size = data.write(options, OutputStream.nullOutputStream());
    done.add(data.bytes());
    return size;
  }
}
