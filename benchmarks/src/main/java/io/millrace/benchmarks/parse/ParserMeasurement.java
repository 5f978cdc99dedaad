package io.millrace.benchmarks.parse;

import com.sun.management.ThreadMXBean;
import io.millrace.ndjson.InputStreamBlocks;
import io.millrace.ndjson.NdjsonReader;
import io.millrace.ndjson.ReaderOptions;
import io.millrace.vector.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Prints how fast the parser reads each shape, by the CPU time of its thread, which other processes
 * on the machine hardly change.
 *
 * <p>Arguments: rounds, block size in KiB, shapes.
 */
public final class ParserMeasurement {
  private static final int BYTES = 64 << 20;

  private ParserMeasurement() {}

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
    int blockBytes = (arguments.length > 1 ? Integer.parseInt(arguments[1]) : 256) << 10;
    for (Shape shape : Shape.values()) {
      if (arguments.length <= 2 || arguments[2].contains(shape.name())) {
        measure(shape, rounds, blockBytes);
      }
    }
  }

  private static void measure(Shape shape, int rounds, int blockBytes) throws IOException {
    byte[] records = shape.records(BYTES, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] megabytesPerSecond = new double[rounds];
    long count = 0;
    long allocated = 0;
    for (int round = 0; round < rounds; round++) {
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long nanosBefore = threads.getCurrentThreadCpuTime();
      count = read(shape, records, blockBytes);
      long nanos = threads.getCurrentThreadCpuTime() - nanosBefore;
      allocated = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
      megabytesPerSecond[round] = records.length * 1e3 / nanos;
    }
    Arrays.sort(megabytesPerSecond);
    System.out.printf(
        "%-9s %5.0f B/record  median %5.0f MB/s  best %5.0f MB/s  %.3f B allocated/B%n",
        shape,
        (double) records.length / count,
        megabytesPerSecond[rounds / 2],
        megabytesPerSecond[rounds - 1],
        (double) allocated / records.length);
  }

  private static long read(Shape shape, byte[] records, int blockBytes) throws IOException {
    NdjsonReader reader =
        new NdjsonReader(
            new InputStreamBlocks(new ByteArrayInputStream(records), blockBytes),
            0,
            records.length,
            shape.schema(),
            ReaderOptions.defaults(),
            (offset, bytes, from, to, reason) -> {
              throw new IOException("a malformed record at " + offset + ": " + reason);
            });
    RecordBatch batch = new RecordBatch(shape.schema());
    while (reader.read(batch)) {
      // All that is measured has happened.
    }
    return reader.records();
  }
}
