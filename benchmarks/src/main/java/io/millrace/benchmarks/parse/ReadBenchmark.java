package io.millrace.benchmarks.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.benchmarks.Megabytes;
import io.millrace.ndjson.InputStreamBlocks;
import io.millrace.ndjson.NdjsonReader;
import io.millrace.ndjson.ReaderOptions;
import io.millrace.vector.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.SplittableRandom;
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

/** Records of one field from memory to vectors, at a rate of their NDJSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadBenchmark {
  private static final long SEED = 1;

  @Param public OneColumn column;

  @Param("16000000")
  public int bytes;

  private byte[] records = {};
  private int count;
  private RecordBatch batch;

  /** Makes the records, and checks that each is read as what it is. */
  @Setup
  public void makeRecords() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes + 1024);
    for (count = 0; out.size() < bytes; count++) {
      out.writeBytes((column.json(random) + "\n").getBytes(UTF_8));
    }
    records = out.toByteArray();
    batch = new RecordBatch(column.schema());
    check();
  }

  private void check() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    NdjsonReader reader = reader();
    int record = 0;
    while (reader.read(batch)) {
      for (int row = 0; row < batch.rows(); row++, record++) {
        Object expected = column.value(random);
        Object actual = column.value(batch, row);
        if (!Objects.equals(actual, expected)) {
          throw new IllegalStateException(
              "record %d of %s is %s, not %s".formatted(record, column, actual, expected));
        }
      }
    }
    if (record != count) {
      throw new IllegalStateException("%d records, not %d".formatted(record, count));
    }
  }

  @Benchmark
  public long read(Megabytes done) throws IOException {
    NdjsonReader reader = reader();
    while (reader.read(batch)) {
      // All that is measured has happened.
    }
    done.add(records.length);
    return reader.records();
  }

  private NdjsonReader reader() {
    return new NdjsonReader(
        new InputStreamBlocks(
            new ByteArrayInputStream(records), InputStreamBlocks.DEFAULT_BLOCK_BYTES),
        0,
        records.length,
        column.schema(),
        ReaderOptions.defaults(),
        (offset, bytes, from, to, reason) -> {
          throw new IOException("a malformed record at " + offset + ": " + reason);
        });
  }
}
