package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Spark's JSON reader, the judge of ours, with its defaults but for two settings: names differ by
 * case, and a time that only Spark 2 could parse makes a record malformed instead of failing the
 * query.
 */
final class SparkReader implements AutoCloseable {
  private final SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.caseSensitive", true)
          .config("spark.sql.files.maxPartitionBytes", "1g")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  SparkReader() {
    spark.sparkContext().setLogLevel("ERROR");
    // Rows are collected as they are inside, outside of a query, where tasks see no other settings.
    spark.sparkContext().setLocalProperty("spark.sql.legacy.timeParserPolicy", "CORRECTED");
  }

  /** The records in order as {@link Vectors} shows them; null for each that is malformed. */
  List<@Nullable List<Object>> read(Path file, Type.Struct schema, ZoneId zone) {
    StructType type = ((StructType) sparkType(schema)).add("_corrupt_record", DataTypes.StringType);
    int fields = schema.fields().size();
    List<InternalRow> rows =
        spark
            .read()
            .schema(type)
            .option("timeZone", zone.getId())
            .json(file.toString())
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(InternalRow::copy)
            .collect();
    List<@Nullable List<Object>> records = new ArrayList<>();
    for (InternalRow row : rows) {
      records.add(row.isNullAt(fields) ? struct(row, schema) : null);
    }
    return records;
  }

  @Override
  public void close() {
    spark.stop();
  }

  static DataType sparkType(Type type) {
    if (type instanceof Type.Struct struct) {
      StructType result = new StructType();
      for (Field field : struct.fields()) {
        result = result.add(field.name(), sparkType(field.type()));
      }
      return result;
    }
    if (type instanceof Type.Array array) {
      return DataTypes.createArrayType(sparkType(array.element()));
    }
    if (type instanceof Type.Map map) {
      return DataTypes.createMapType(DataTypes.StringType, sparkType(map.value()));
    }
    if (type instanceof Type.Decimal decimal) {
      return new DecimalType(decimal.precision(), decimal.scale());
    }
    return switch ((Type.Primitive) type) {
      case STRING -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case BYTE -> DataTypes.ByteType;
      case SHORT -> DataTypes.ShortType;
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case TIMESTAMP_NTZ -> DataTypes.TimestampNTZType;
      case BINARY -> DataTypes.BinaryType;
    };
  }

  private static List<Object> struct(InternalRow row, Type.Struct type) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < type.fields().size(); i++) {
      values.add(value(row, i, type.fields().get(i).type()));
    }
    return values;
  }

  private static List<Object> array(ArrayData data, Type element) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < data.numElements(); i++) {
      values.add(value(data, i, element));
    }
    return values;
  }

  private static @Nullable Object value(SpecializedGetters from, int i, Type type) {
    if (from.isNullAt(i)) {
      return null;
    }
    if (type instanceof Type.Struct struct) {
      return struct(from.getStruct(i, struct.fields().size()), struct);
    }
    if (type instanceof Type.Array array) {
      return array(from.getArray(i), array.element());
    }
    if (type instanceof Type.Map map) {
      MapData data = from.getMap(i);
      List<Object> keys = array(data.keyArray(), Type.Primitive.STRING);
      List<Object> values = array(data.valueArray(), map.value());
      List<Object> entries = new ArrayList<>();
      for (int entry = 0; entry < keys.size(); entry++) {
        List<Object> pair = new ArrayList<>();
        pair.add(keys.get(entry));
        pair.add(values.get(entry));
        entries.add(pair);
      }
      return entries;
    }
    if (type instanceof Type.Decimal decimal) {
      return from.getDecimal(i, decimal.precision(), decimal.scale())
          .toJavaBigDecimal()
          .unscaledValue();
    }
    return switch ((Type.Primitive) type) {
      case STRING -> new String(from.getUTF8String(i).getBytes(), ISO_8859_1);
      case BOOLEAN -> from.getBoolean(i);
      case BYTE -> (int) from.getByte(i);
      case SHORT -> (int) from.getShort(i);
      case INT, DATE -> from.getInt(i);
      case LONG, TIMESTAMP, TIMESTAMP_NTZ -> from.getLong(i);
      case FLOAT -> from.getFloat(i);
      case DOUBLE -> from.getDouble(i);
      case BINARY -> new String(from.getBinary(i), ISO_8859_1);
    };
  }
}
