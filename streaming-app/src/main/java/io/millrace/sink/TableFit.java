package io.millrace.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Whether a Delta table's metadata is what its spec says. */
final class TableFit {
  /** Delta's default number of leading columns that have statistics. */
  private static final int DEFAULT_INDEXED_COLUMNS = 32;

  private TableFit() {}

  /** The first difference, for a person; empty where the table fits. */
  static Optional<String> misfit(TableSpec spec, Protocol protocol, Metadata metadata) {
    Optional<String> unserved = TableFeatures.unserved(protocol, metadata);
    if (unserved.isPresent()) {
      return unserved;
    }
    List<String> partitions = DeltaScala.list(metadata.partitionColumns());
    if (!partitions.equals(spec.partitionColumns())) {
      return Optional.of(
          "it is partitioned by %s, not by %s".formatted(partitions, spec.partitionColumns()));
    }
    StructType actual = metadata.schema();
    for (StructField field : spec.schema().fields()) {
      if (!List.of(actual.fieldNames()).contains(field.name())) {
        return Optional.of("it has no column " + field.name());
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
    if (actual.size() != spec.schema().size()) {
      return Optional.of(
          "it has %d columns, not %d".formatted(actual.size(), spec.schema().size()));
    }
    return Optional.empty();
  }

  /**
   * What a table of ours is created with: statistics of the ordinal, which Delta would leave out of
   * a table of many columns, and with which replaced rows are found.
   */
  static Map<String, String> properties(TableSpec spec) {
    List<String> columns = statisticsColumns(spec);
    if (columns.isEmpty()) {
      return Map.of();
    }
    return Map.of(
        "delta.dataSkippingStatsColumns",
        columns.stream().map(name -> "`" + name + "`").collect(Collectors.joining(",")));
  }

  /** The columns that files have statistics of; empty where all of them do. */
  static List<String> statisticsColumns(TableSpec spec) {
    if (leaves(spec.schema()) <= DEFAULT_INDEXED_COLUMNS) {
      return List.of();
    }
    Stream<String> simple =
        Stream.of(spec.schema().fields())
            .filter(field -> leaves(field.dataType()) == 1 && hasStatistics(field.dataType()))
            .map(StructField::name)
            .filter(name -> !name.equals(TableSpec.ORDINAL))
            .filter(name -> !spec.partitionColumns().contains(name))
            .limit(DEFAULT_INDEXED_COLUMNS - 1);
    return Stream.concat(Stream.of(TableSpec.ORDINAL), simple).toList();
  }

  private static boolean hasStatistics(DataType type) {
    return !(type instanceof ArrayType || type instanceof MapType || type instanceof BinaryType);
  }

  private static boolean sameType(DataType a, DataType b) {
    return a.asNullable().equals(b.asNullable());
  }

  private static int leaves(DataType type) {
    if (type instanceof StructType struct) {
      int sum = 0;
      for (StructField field : struct.fields()) {
        sum += leaves(field.dataType());
      }
      return sum;
    }
    return 1;
  }
}
