package io.millrace.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.demo.check.CheckReport;
import java.util.Locale;

/**
 * What came of the demo.
 *
 * @param check what the checker found
 * @param progress of the application, over all batches
 * @param restarts of the application after it was killed
 * @param usage of the application's last process
 * @param places where things are
 */
record DemoResult(
    DemoOptions options,
    CheckReport check,
    Progress progress,
    int restarts,
    Usage usage,
    Places places) {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** What is wrong, or an empty text. */
  String error() {
    return check.isRight()
        ? ""
        : String.format(
            Locale.ROOT,
            "the tables are not what was sent: %,d lost, %,d duplicated, %,d altered, %,d"
                + " unexpected, %,d objects miscounted; %s names the first ones",
            check.lost(),
            check.duplicated(),
            check.altered(),
            check.unexpected(),
            check.miscounted(),
            places.checkerLog());
  }

  /** One object on one line. */
  String json() {
    ObjectNode node = JSON.valueToTree(check);
    node.put("batches", progress.batches());
    node.put("restarts", restarts);
    node.put("seconds", rounded(progress.seconds()));
    node.put("mb_per_second", rounded(progress.megabytes() / progress.seconds()));
    node.put("busy_seconds", rounded(progress.busySeconds()));
    node.put("process_seconds", rounded(usage.processSeconds()));
    node.put("cpu_seconds", rounded(usage.cpuSeconds()));
    node.put("peak_rss_bytes", usage.peakRssBytes());
    node.put("seed", options.seed());
    node.put("table", places.table().toString());
    node.put("quarantine", places.quarantine().toString());
    node.put("log", places.applicationLog().toString());
    if (!check.isRight()) {
      node.put("error", error());
    }
    return node.toString();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
