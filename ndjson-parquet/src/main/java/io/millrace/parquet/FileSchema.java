package io.millrace.parquet;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;

/** The schema as the footer tells it, with the names and annotations that Spark writes. */
final class FileSchema {
  /** Levels lie in a byte each, and are packed eight bits wide at most. */
  private static final int MAX_LEVELS = 120;

  private final boolean fieldIds;
  private final List<SchemaElement> elements = new ArrayList<>();

  private FileSchema(boolean fieldIds) {
    this.fieldIds = fieldIds;
  }

  /** The root and all below it, each before its children. */
  static List<SchemaElement> of(Type.Struct schema, boolean fieldIds) {
    FileSchema result = new FileSchema(fieldIds);
    result.elements.add(new SchemaElement("spark_schema").setNum_children(schema.fields().size()));
    for (Field field : schema.fields()) {
      result.add(field.name(), field.type(), field.nullable(), 1);
    }
    return List.copyOf(result.elements);
  }

  private void add(String name, Type type, boolean nullable, int depth) {
    if (depth > MAX_LEVELS / 2) {
      throw new IllegalArgumentException(
          "the schema is nested more than %d deep at %s".formatted(MAX_LEVELS / 2, name));
    }
    SchemaElement element =
        new SchemaElement(name)
            .setRepetition_type(
                nullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
    elements.add(element);
    if (fieldIds) {
      element.setField_id(elements.stream().mapToInt(FileSchema::idOrZero).max().orElse(0) + 1);
    }
    if (type instanceof Type.Struct struct) {
      addStruct(element, struct, depth);
    } else if (type instanceof Type.Array array) {
      element.setNum_children(1);
      element.setConverted_type(ConvertedType.LIST);
      element.setLogicalType(LogicalType.LIST(new ListType()));
      elements.add(repeated("list", 1));
      add("element", array.element(), array.containsNull(), depth + 1);
    } else if (type instanceof Type.Map map) {
      element.setNum_children(1);
      element.setConverted_type(ConvertedType.MAP);
      element.setLogicalType(LogicalType.MAP(new MapType()));
      elements.add(repeated("key_value", 2));
      add("key", Type.Primitive.STRING, false, depth + 1);
      add("value", map.value(), map.valueContainsNull(), depth + 1);
    } else if (type instanceof Type.Decimal decimal) {
      annotate(element, decimal);
    } else {
      annotate(element, (Type.Primitive) type);
    }
  }

  private static int idOrZero(SchemaElement element) {
    return element.isSetField_id() ? element.getField_id() : 0;
  }

  private void addStruct(SchemaElement element, Type.Struct struct, int depth) {
    if (struct.fields().isEmpty()) {
      throw new IllegalArgumentException(
          "the struct %s has no fields, which Parquet cannot store; leave it out"
              .formatted(element.getName()));
    }
    element.setNum_children(struct.fields().size());
    for (Field field : struct.fields()) {
      add(field.name(), field.type(), field.nullable(), depth + 1);
    }
  }

  private static SchemaElement repeated(String name, int children) {
    return new SchemaElement(name)
        .setRepetition_type(FieldRepetitionType.REPEATED)
        .setNum_children(children);
  }

  private static void annotate(SchemaElement element, Type.Decimal decimal) {
    element.setType(physical(decimal));
    if (element.getType() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY) {
      element.setType_length(decimalBytes(decimal.precision()));
    }
    element.setPrecision(decimal.precision());
    element.setScale(decimal.scale());
    element.setConverted_type(ConvertedType.DECIMAL);
    element.setLogicalType(
        LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())));
  }

  private static void annotate(SchemaElement element, Type.Primitive type) {
    element.setType(physical(type));
    switch (type) {
      case STRING -> {
        element.setConverted_type(ConvertedType.UTF8);
        element.setLogicalType(LogicalType.STRING(new StringType()));
      }
      case BYTE -> {
        element.setConverted_type(ConvertedType.INT_8);
        element.setLogicalType(LogicalType.INTEGER(new IntType((byte) 8, true)));
      }
      case SHORT -> {
        element.setConverted_type(ConvertedType.INT_16);
        element.setLogicalType(LogicalType.INTEGER(new IntType((byte) 16, true)));
      }
      case DATE -> {
        element.setConverted_type(ConvertedType.DATE);
        element.setLogicalType(LogicalType.DATE(new DateType()));
      }
      case TIMESTAMP -> {
        element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
        element.setLogicalType(timestamp(true));
      }
      // The older annotation means an instant.
      case TIMESTAMP_NTZ -> element.setLogicalType(timestamp(false));
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BINARY -> {}
    }
  }

  private static LogicalType timestamp(boolean isInstant) {
    return LogicalType.TIMESTAMP(new TimestampType(isInstant, TimeUnit.MICROS(new MicroSeconds())));
  }

  /** How a leaf type's values are stored. */
  static org.apache.parquet.format.Type physical(Type type) {
    if (type instanceof Type.Decimal decimal) {
      if (decimal.precision() <= 9) {
        return org.apache.parquet.format.Type.INT32;
      }
      return decimal.precision() <= Type.Decimal.MAX_LONG_PRECISION
          ? org.apache.parquet.format.Type.INT64
          : org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY;
    }
    return switch ((Type.Primitive) type) {
      case BOOLEAN -> org.apache.parquet.format.Type.BOOLEAN;
      case BYTE, SHORT, INT, DATE -> org.apache.parquet.format.Type.INT32;
      case LONG, TIMESTAMP, TIMESTAMP_NTZ -> org.apache.parquet.format.Type.INT64;
      case FLOAT -> org.apache.parquet.format.Type.FLOAT;
      case DOUBLE -> org.apache.parquet.format.Type.DOUBLE;
      case STRING, BINARY -> org.apache.parquet.format.Type.BYTE_ARRAY;
    };
  }

  /** The least number of bytes that hold any number of so many digits, and its sign. */
  static int decimalBytes(int precision) {
    return java.math.BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
  }
}
