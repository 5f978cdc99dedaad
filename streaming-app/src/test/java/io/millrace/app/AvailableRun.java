package io.millrace.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.testing.Landing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** One run of the application over what was sent before it. */
final class AvailableRun {
  private static final JsonMapper JSON = new JsonMapper();

  private AvailableRun() {}

  /** Runs to the end; returns what the progress file has of each batch. */
  static List<JsonNode> of(Landing landing, Map<String, String> overrides, SparkSession spark)
      throws Exception {
    return of(landing, overrides, spark, InstantSource.system());
  }

  /** The same by another clock. */
  static List<JsonNode> of(
      Landing landing, Map<String, String> overrides, SparkSession spark, InstantSource clock)
      throws Exception {
    Path progress = Files.createTempFile(landing.folder(), "progress", ".json");
    try (StreamApplication application =
        StreamApplication.open(landing.config(overrides), spark, progress, clock)) {
      application.run();
    }
    return batches(progress);
  }

  private static List<JsonNode> batches(Path progress) throws IOException {
    List<JsonNode> batches = new ArrayList<>();
    for (String line : Files.readAllLines(progress)) {
      batches.add(JSON.readTree(line));
    }
    return batches;
  }
}
