package io.millrace.parquet;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.jspecify.annotations.Nullable;

/** Reads files with parquet-java's own record reader, to the values that {@link Batches} takes. */
final class GroupReader {
  private GroupReader() {}

  static List<List<@Nullable Object>> read(Path file, Type.Struct schema) throws IOException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration(false))
            .build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        rows.add(struct(schema, group));
      }
    }
    return rows;
  }

  private static List<@Nullable Object> struct(Type.Struct schema, Group group) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : schema.fields()) {
      values.add(value(field.type(), group, values.size()));
    }
    return values;
  }

  private static @Nullable Object value(Type type, Group group, int field) {
    if (group.getFieldRepetitionCount(field) == 0) {
      return null;
    }
    if (type instanceof Type.Struct struct) {
      return struct(struct, group.getGroup(field, 0));
    }
    if (type instanceof Type.Array array) {
      Group list = group.getGroup(field, 0);
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
        values.add(value(array.element(), list.getGroup(0, i), 0));
      }
      return values;
    }
    if (type instanceof Type.Map map) {
      Group entries = group.getGroup(field, 0);
      Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
      for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
        Group entry = entries.getGroup(0, i);
        values.put(value(Type.Primitive.STRING, entry, 0), value(map.value(), entry, 1));
      }
      return values;
    }
    if (type instanceof Type.Decimal decimal) {
      BigInteger unscaled =
          switch (FileSchema.physical(type)) {
            case INT32 -> BigInteger.valueOf(group.getInteger(field, 0));
            case INT64 -> BigInteger.valueOf(group.getLong(field, 0));
            default -> new BigInteger(group.getBinary(field, 0).getBytes());
          };
      return new BigDecimal(unscaled, decimal.scale());
    }
    return switch ((Type.Primitive) type) {
      case STRING -> group.getString(field, 0);
      case BOOLEAN -> group.getBoolean(field, 0);
      case BYTE, SHORT, INT, DATE -> group.getInteger(field, 0);
      case LONG, TIMESTAMP, TIMESTAMP_NTZ -> group.getLong(field, 0);
      case FLOAT -> group.getFloat(field, 0);
      case DOUBLE -> group.getDouble(field, 0);
      case BINARY -> group.getBinary(field, 0).getBytes();
    };
  }
}
