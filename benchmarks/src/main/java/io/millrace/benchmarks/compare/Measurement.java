package io.millrace.benchmarks.compare;

import java.util.List;
import java.util.Optional;

/**
 * One conversion.
 *
 * @param seconds by the wall
 * @param cpuSeconds of the process, during the conversion
 * @param processCpuSeconds of the process, from its start to the conversion's end
 */
public record Measurement(double seconds, double cpuSeconds, double processCpuSeconds) {
  private static final String MARK = "measured";

  /** How a measured process prints one. */
  static final String FORMAT = MARK + " %.4f %.4f %.4f%n";

  /** What a line of a measured process's output says, if it says one. */
  static Optional<Measurement> parse(String line) {
    List<String> words = List.of(line.split(" "));
    if (!words.get(0).equals(MARK)) {
      return Optional.empty();
    }
    return Optional.of(
        new Measurement(
            Double.parseDouble(words.get(1)),
            Double.parseDouble(words.get(2)),
            Double.parseDouble(words.get(3))));
  }
}
