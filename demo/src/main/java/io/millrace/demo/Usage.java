package io.millrace.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What a process has used.
 *
 * @param processSeconds since it was started
 * @param cpuSeconds of all its threads
 * @param peakRssBytes the most memory it had at once; 0 where the system does not tell
 */
record Usage(double processSeconds, double cpuSeconds, long peakRssBytes) {
  private static final String PEAK = "VmHWM:";

  /** Of a process that still lives. */
  static Usage of(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    Instant now = Instant.now();
    Duration age = Duration.between(info.startInstant().orElse(now), now);
    Duration cpu = info.totalCpuDuration().orElse(Duration.ZERO);
    return new Usage(
        age.toMillis() / 1000.0,
        cpu.toMillis() / 1000.0,
        peak(Path.of("/proc", Long.toString(process.pid()), "status")));
  }

  private static long peak(Path status) {
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
