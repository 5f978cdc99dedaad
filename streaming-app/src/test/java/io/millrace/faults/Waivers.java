package io.millrace.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Points at which no fault is run, each with the reason why none can happen there. */
final class Waivers {
  private static final String RESOURCE = "waivers.txt";

  private final Map<String, String> reasons;

  private Waivers(Map<String, String> reasons) {
    this.reasons = reasons;
  }

  /**
   * Reads them: lines of a point's name, {@code |} and a reason; a name may end with an asterisk.
   */
  static Waivers read() throws IOException {
    try (InputStream in = Waivers.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + RESOURCE);
      }
      Map<String, String> reasons = new LinkedHashMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int bar = line.indexOf('|');
        String reason = bar < 0 ? "" : line.substring(bar + 1).strip();
        if (reason.length() < 20 || reasons.put(line.substring(0, bar).strip(), reason) != null) {
          throw new IllegalStateException("no waiver with a reason of its own: " + line);
        }
      }
      return new Waivers(reasons);
    }
  }

  Map<String, String> reasons() {
    return reasons;
  }

  boolean covers(FaultPoint point) {
    return reasons.keySet().stream().anyMatch(waiver -> covers(waiver, point));
  }

  static boolean covers(String waiver, FaultPoint point) {
    return waiver.endsWith("*")
        ? point.name().startsWith(waiver.substring(0, waiver.length() - 1))
        : point.name().equals(waiver);
  }
}
