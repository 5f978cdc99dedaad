package io.millrace.output;

import java.util.Map;
import java.util.StringJoiner;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.jspecify.annotations.Nullable;

/** Hive's directories of partition values, such as {@code date=2026-11-01/hour=12/}. */
final class PartitionPath {
  private PartitionPath() {}

  /** With a slash at its end; empty where there are no values. */
  static String of(Map<String, @Nullable String> values) {
    StringJoiner path = new StringJoiner("/", "", "/").setEmptyValue("");
    values.forEach(
        (column, value) -> path.add(ExternalCatalogUtils.getPartitionPathString(column, value)));
    return path.toString();
  }
}
