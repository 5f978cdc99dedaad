package io.millrace.sink;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * What a table must look like.
 *
 * @param path its directory
 * @param schema every column, partition columns included; all of them nullable
 * @param partitionColumns in the order of the directories
 */
public record TableSpec(String path, StructType schema, List<String> partitionColumns) {
  /** Says which arrival a row comes from; every table of ours has it, as BIGINT. */
  public static final String ORDINAL = "_ordinal";

  public TableSpec {
    requireNonNull(path, "path");
    partitionColumns = List.copyOf(partitionColumns);
    if (!List.of(schema.fieldNames()).contains(ORDINAL)) {
      throw new IllegalArgumentException("a table needs the column " + ORDINAL);
    }
    for (String column : partitionColumns) {
      schema.fieldIndex(column);
    }
  }
}
