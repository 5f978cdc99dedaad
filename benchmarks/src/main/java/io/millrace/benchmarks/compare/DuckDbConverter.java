package io.millrace.benchmarks.compare;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB: {@code read_json} with the columns given, {@code COPY TO} Parquet. */
final class DuckDbConverter implements Converter {
  private final Connection connection;

  DuckDbConverter() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET TimeZone = 'UTC'");
    }
  }

  @Override
  public void convert(ConversionTask task) throws Exception {
    Files.createDirectories(task.output());
    Type.Struct schema = SchemaParser.parse(task.schema());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT * FROM read_json('%s', format = 'newline_delimited', columns = %s))
          TO '%s' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL %d)
          """
              .formatted(
                  task.input(),
                  DuckDbTypes.columns(schema),
                  task.output().resolve("part.parquet"),
                  task.zstdLevel()));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("DuckDB does not close", e);
    }
  }
}
