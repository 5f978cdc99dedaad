package io.millrace.parquet;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.jspecify.annotations.Nullable;

/**
 * Reads files with Spark's vectorised and row readers, to the values that {@link Batches} takes.
 */
final class SparkReader implements AutoCloseable {
  private final SparkSession spark =
      SparkSession.builder()
          .master("local[1]")
          .appName("parquet-test")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.codegen.wholeStage", "false")
          .config("spark.driver.host", "127.0.0.1")
          .getOrCreate();

  Dataset<Row> dataset(Path file, boolean vectorised) {
    spark.conf().set("spark.sql.parquet.enableVectorizedReader", vectorised);
    return spark.read().parquet(file.toUri().toString());
  }

  List<List<@Nullable Object>> read(Path file, Type.Struct schema, boolean vectorised) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (InternalRow row :
        dataset(file, vectorised).queryExecution().executedPlan().executeCollect()) {
      rows.add(struct(schema, row));
    }
    return rows;
  }

  private static List<@Nullable Object> struct(Type.Struct schema, InternalRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : schema.fields()) {
      values.add(value(field.type(), row, values.size()));
    }
    return values;
  }

  private static @Nullable Object value(Type type, SpecializedGetters row, int i) {
    if (row.isNullAt(i)) {
      return null;
    }
    if (type instanceof Type.Struct struct) {
      return struct(struct, row.getStruct(i, struct.fields().size()));
    }
    if (type instanceof Type.Array array) {
      return list(array.element(), row.getArray(i));
    }
    if (type instanceof Type.Map map) {
      MapData data = row.getMap(i);
      List<@Nullable Object> keys = list(Type.Primitive.STRING, data.keyArray());
      List<@Nullable Object> values = list(map.value(), data.valueArray());
      Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
      for (int j = 0; j < keys.size(); j++) {
        result.put(keys.get(j), values.get(j));
      }
      return result;
    }
    if (type instanceof Type.Decimal decimal) {
      return row.getDecimal(i, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    }
    return switch ((Type.Primitive) type) {
      case STRING -> row.getUTF8String(i).toString();
      case BOOLEAN -> row.getBoolean(i);
      case BYTE -> (int) row.getByte(i);
      case SHORT -> (int) row.getShort(i);
      case INT, DATE -> row.getInt(i);
      case LONG, TIMESTAMP, TIMESTAMP_NTZ -> row.getLong(i);
      case FLOAT -> row.getFloat(i);
      case DOUBLE -> row.getDouble(i);
      case BINARY -> Arrays.copyOf(row.getBinary(i), row.getBinary(i).length);
    };
  }

  private static List<@Nullable Object> list(Type element, ArrayData data) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < data.numElements(); i++) {
      values.add(value(element, data, i));
    }
    return values;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
