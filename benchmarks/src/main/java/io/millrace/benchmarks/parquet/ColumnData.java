package io.millrace.benchmarks.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.parquet.ParquetFileWriter;
import io.millrace.parquet.ParquetOptions;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches of one column, and the check that a file holds them.
 *
 * @param bytes of all values, without lengths
 */
record ColumnData(OneColumn column, List<RecordBatch> batches, long bytes) {
  private static final int BATCH_ROWS = 4096;

  static ColumnData of(OneColumn column, long leastBytes) {
    Values values = new Values(42);
    List<RecordBatch> batches = new ArrayList<>();
    long bytes = 0;
    while (bytes < leastBytes) {
      RecordBatch batch = new RecordBatch(column.schema());
      batch.arena().reset(new byte[ByteArena.PADDING], 0);
      values.arena(batch.arena());
      for (int row = 0; row < BATCH_ROWS; row++) {
        bytes += column.append(batch.columns().get(0), row, values);
        batch.endRow();
      }
      batch.finish();
      batches.add(batch);
    }
    return new ColumnData(column, batches, bytes);
  }

  /** Writes a file of them; returns its size. */
  long write(ParquetOptions options, OutputStream out) throws IOException {
    try (ParquetFileWriter writer = new ParquetFileWriter(column.schema(), options, out)) {
      for (RecordBatch batch : batches) {
        writer.append(batch);
      }
      return writer.finish().bytes();
    }
  }

  /**
   * Writes a file, and lets DuckDB read it back.
   *
   * @throws IllegalStateException if a value, the encoding or the codec is not what it must be
   */
  void check(ParquetOptions options) throws IOException, SQLException {
    Path file = Files.createTempFile("column", ".parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      try (OutputStream out = Files.newOutputStream(file)) {
        write(options, out);
      }
      checkFormat(statement, file, options);
      checkValues(statement, file);
    } finally {
      Files.delete(file);
    }
  }

  private void checkFormat(Statement statement, Path file, ParquetOptions options)
      throws SQLException {
    try (ResultSet result =
        statement.executeQuery(
            "SELECT encodings, compression FROM parquet_metadata('%s')".formatted(file))) {
      while (result.next()) {
        String encodings = result.getString(1);
        require(encodings.contains(column.encoding()), "encodings", encodings, column.encoding());
        String expected =
            switch (options.codec().algorithm()) {
              case NONE -> "UNCOMPRESSED";
              case SNAPPY, GZIP, ZSTD -> options.codec().algorithm().name();
            };
        require(result.getString(2).equals(expected), "codec", result.getString(2), expected);
      }
    }
  }

  private void checkValues(Statement statement, Path file) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT value FROM '%s'".formatted(file))) {
      for (RecordBatch batch : batches) {
        for (int row = 0; row < batch.rows(); row++) {
          require(result.next(), "rows", "fewer", "as many as were written");
          Object expected = value(batch, row);
          Object actual = result.getObject(1);
          require(expected.equals(actual), "value", actual, expected);
        }
      }
      require(!result.next(), "rows", "more", "as many as were written");
    }
  }

  private static Object value(RecordBatch batch, int row) {
    Vector vector = batch.columns().get(0);
    if (vector instanceof LongVector longs) {
      return longs.values()[row];
    }
    if (vector instanceof DoubleVector doubles) {
      return doubles.values()[row];
    }
    long slice = ((BinaryVector) vector).slices()[row];
    return new String(
        batch.arena().bytes(), BinaryVector.offset(slice), BinaryVector.length(slice), UTF_8);
  }

  private void require(boolean holds, String what, Object actual, Object expected) {
    if (!holds) {
      throw new IllegalStateException(
          "%s: %s is %s, not %s".formatted(column, what, actual, expected));
    }
  }
}
