package io.millrace.parquet;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files with DuckDB, to the values that {@link Batches} takes. */
final class DuckReader implements AutoCloseable {
  private final Connection connection;

  DuckReader() throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  Connection connection() {
    return connection;
  }

  List<List<@Nullable Object>> read(Path file, Type.Struct schema) throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("FROM read_parquet('" + file + "')")) {
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Field field : schema.fields()) {
          row.add(value(field.type(), result.getObject(row.size() + 1)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static @Nullable Object value(Type type, @Nullable Object value) throws SQLException {
    if (value == null) {
      return null;
    }
    if (type instanceof Type.Struct struct) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object each : ((Struct) value).getAttributes()) {
        values.add(value(struct.fields().get(values.size()).type(), each));
      }
      return values;
    }
    if (type instanceof Type.Array array) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object each : (Object[]) ((java.sql.Array) value).getArray()) {
        values.add(value(array.element(), each));
      }
      return values;
    }
    if (type instanceof Type.Map map) {
      Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        values.put(
            value(Type.Primitive.STRING, entry.getKey()), value(map.value(), entry.getValue()));
      }
      return values;
    }
    if (type instanceof Type.Decimal decimal) {
      return ((BigDecimal) value).setScale(decimal.scale());
    }
    return switch ((Type.Primitive) type) {
      case STRING, BOOLEAN, FLOAT, DOUBLE -> value;
      case BYTE, SHORT, INT -> ((Number) value).intValue();
      case LONG -> ((Number) value).longValue();
      case DATE -> (int) ((LocalDate) value).toEpochDay();
      case TIMESTAMP -> micros(((OffsetDateTime) value).toLocalDateTime(), (OffsetDateTime) value);
      case TIMESTAMP_NTZ ->
          // Within lists and structs it comes as the other type.
          micros(
              value instanceof Timestamp timestamp
                  ? timestamp.toLocalDateTime()
                  : (LocalDateTime) value,
              null);
      case BINARY -> {
        Blob blob = (Blob) value;
        yield blob.getBytes(1, (int) blob.length());
      }
    };
  }

  private static long micros(LocalDateTime local, @Nullable OffsetDateTime instant) {
    ZoneOffset offset = instant == null ? ZoneOffset.UTC : instant.getOffset();
    return ChronoUnit.MICROS.between(
        LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).atOffset(ZoneOffset.UTC),
        local.atOffset(offset));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
