package io.millrace.sink;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Whether a table's columns are what its spec says. */
final class SchemaFit {
  private SchemaFit() {}

  /**
   * The first difference, for a person; empty where they fit. Their order does not count.
   *
   * @param howToAdd what is said behind a column that is missing
   */
  static Optional<String> misfit(
      TableSpec spec,
      List<String> partitions,
      StructType actual,
      Function<StructField, String> howToAdd) {
    if (!partitions.equals(spec.partitionColumns())) {
      return Optional.of(
          "it is partitioned by %s, not by %s".formatted(partitions, spec.partitionColumns()));
    }
    for (StructField field : spec.schema().fields()) {
      if (!List.of(actual.fieldNames()).contains(field.name())) {
        return Optional.of("it has no column " + field.name() + howToAdd.apply(field));
      }
      StructField there = actual.apply(field.name());
      if (!there.nullable()) {
        return Optional.of("its column %s must not be null".formatted(field.name()));
      }
      if (!sameType(there.dataType(), field.dataType())) {
        return Optional.of(
            "its column %s is %s, not %s"
                .formatted(field.name(), there.dataType().sql(), field.dataType().sql()));
      }
    }
    List<String> wanted = List.of(spec.schema().fieldNames());
    return Stream.of(actual.fieldNames())
        .filter(name -> !wanted.contains(name))
        .findFirst()
        .map("it has a column %s too"::formatted);
  }

  private static boolean sameType(DataType a, DataType b) {
    return a.asNullable().equals(b.asNullable());
  }
}
