package io.millrace.benchmarks.compare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The main class of the processes that are measured: converts one file some times, and prints a
 * {@link Measurement} for each.
 */
public final class PeerProcess {
  private PeerProcess() {}

  /**
   * Runs the peer.
   *
   * @param args the peer's name, the input, a file that holds the schema, the directory for
   *     outputs, the level of zstd, how many times
   */
  public static void main(String[] args) throws Exception {
    Peer peer = Peer.valueOf(args[0]);
    Path input = Path.of(args[1]);
    String schema = Files.readString(Path.of(args[2]));
    int zstdLevel = Integer.parseInt(args[4]);
    int times = Integer.parseInt(args[5]);
    try (Converter converter = peer.converter()) {
      for (int i = 0; i < times; i++) {
        Path output = Path.of(args[3]).resolve(Integer.toString(i));
        long startNanos = System.nanoTime();
        long startCpu = cpuNanos();
        converter.convert(new ConversionTask(input, schema, output, zstdLevel));
        long endCpu = cpuNanos();
        System.out.printf(
            Locale.ROOT,
            Measurement.FORMAT,
            (System.nanoTime() - startNanos) / 1e9,
            (endCpu - startCpu) / 1e9,
            endCpu / 1e9);
      }
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
