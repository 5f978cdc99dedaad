package io.millrace.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.delta.TableFeature;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.types.StructField;
import scala.collection.JavaConverters;

/** Which features of a Delta table the application can serve. */
final class TableFeatures {
  /**
   * Features that a table may support. What some of them switch on is looked for by itself, since
   * old protocol versions support much that a table does not use.
   */
  private static final Set<String> SERVED =
      Set.of(
          "appendOnly",
          "changeDataFeed",
          "checkConstraints",
          "columnMapping",
          "domainMetadata",
          "generatedColumns",
          "identityColumns",
          "inCommitTimestamp",
          "invariants",
          "timestampNtz",
          "v2Checkpoint",
          "vacuumProtocolCheck");

  private static final Set<String> COLUMN_RULES =
      Set.of("delta.generationExpression", "delta.identity.start", "delta.invariants");

  private TableFeatures() {}

  /** The first feature that can't be served, with its reason; empty where all can. */
  static Optional<String> unserved(Protocol protocol, Metadata metadata) {
    TreeSet<String> unknown = new TreeSet<>();
    for (TableFeature feature :
        JavaConverters.setAsJavaSet(protocol.implicitlyAndExplicitlySupportedFeatures())) {
      if (!SERVED.contains(feature.name())) {
        unknown.add(feature.name());
      }
    }
    if (!unknown.isEmpty()) {
      return Optional.of(
          "it has the table feature %s, which this version can't serve (ALTER TABLE … DROP FEATURE)"
              .formatted(unknown.first()));
    }
    Map<String, String> properties = JavaConverters.mapAsJavaMap(metadata.configuration());
    if ("true".equals(properties.get("delta.appendOnly"))) {
      return Optional.of("delta.appendOnly is set, but replaced objects' rows have to leave it");
    }
    if (!"none".equals(properties.getOrDefault("delta.columnMapping.mode", "none"))) {
      return Optional.of("delta.columnMapping.mode is set, which this version can't serve");
    }
    for (String property : properties.keySet()) {
      if (property.startsWith("delta.constraints.")) {
        return Optional.of(
            "it has the constraint %s: a row that breaks it would stop the stream"
                .formatted(property.substring("delta.constraints.".length())));
      }
    }
    for (StructField field : List.of(metadata.schema().fields())) {
      for (String rule : COLUMN_RULES) {
        if (field.metadata().contains(rule)) {
          return Optional.of(
              "its column %s has %s, which this version can't serve".formatted(field.name(), rule));
        }
      }
    }
    return Optional.empty();
  }
}
