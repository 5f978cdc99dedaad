package io.millrace.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What this process has used so far.
 *
 * @param seconds since its start
 * @param cpuSeconds of all its threads
 * @param peakRssBytes the most memory it had resident; empty where the system does not tell
 */
record ProcessFigures(double seconds, double cpuSeconds, OptionalLong peakRssBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  static ProcessFigures now() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    return new ProcessFigures(
        seconds(info.startInstant().map(start -> Duration.between(start, Instant.now()))),
        seconds(info.totalCpuDuration()),
        peakRss());
  }

  private static double seconds(Optional<Duration> duration) {
    return duration.map(time -> time.toNanos() / 1e9).orElse(0.0);
  }

  private static OptionalLong peakRss() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
