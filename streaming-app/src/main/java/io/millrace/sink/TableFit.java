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
    return SchemaFit.misfit(
        spec,
        DeltaScala.list(metadata.partitionColumns()),
        metadata.schema(),
        field ->
            ", which ALTER TABLE delta.`%s` ADD COLUMNS (%s) adds"
                .formatted(spec.path(), field.toDDL()));
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
