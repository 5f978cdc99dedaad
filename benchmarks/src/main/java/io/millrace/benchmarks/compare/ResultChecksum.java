package io.millrace.benchmarks.compare;

import static java.util.stream.Collectors.joining;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the Parquet files of a directory hold, as DuckDB reads them, whatever the order of rows.
 *
 * @param rows how many
 * @param columns a sum of hashes for each column, in the schema's order
 */
public record ResultChecksum(long rows, String columns) {

  /** Reads all Parquet files below the directory. */
  public static ResultChecksum of(Path directory, Type.Struct schema) throws SQLException {
    String sums =
        schema.fields().stream()
            .map(field -> "sum((hash(%s) >> 16)::HUGEINT)".formatted(comparable(field)))
            .collect(joining(" || ' ' || "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*), %s FROM read_parquet('%s/**/*.parquet')"
                    .formatted(sums, directory))) {
      result.next();
      return new ResultChecksum(result.getLong(1), result.getString(2));
    }
  }

  /** A few digits that tell results apart. */
  String digest() {
    return "%08x".formatted(columns.hashCode());
  }

  /** With or without time zone in its type, an instant is an instant. */
  private static String comparable(Field field) {
    String column = "\"%s\"".formatted(field.name());
    return field.type() == Type.Primitive.TIMESTAMP ? "epoch_us(%s)".formatted(column) : column;
  }
}
