package io.millrace.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of types without parameters, in DDL and in JSON, in lower case. */
final class TypeNames {
  private static final Map<String, Type.Primitive> PRIMITIVES =
      Map.ofEntries(
          Map.entry("string", Type.Primitive.STRING),
          Map.entry("boolean", Type.Primitive.BOOLEAN),
          Map.entry("byte", Type.Primitive.BYTE),
          Map.entry("tinyint", Type.Primitive.BYTE),
          Map.entry("short", Type.Primitive.SHORT),
          Map.entry("smallint", Type.Primitive.SHORT),
          Map.entry("int", Type.Primitive.INT),
          Map.entry("integer", Type.Primitive.INT),
          Map.entry("long", Type.Primitive.LONG),
          Map.entry("bigint", Type.Primitive.LONG),
          Map.entry("float", Type.Primitive.FLOAT),
          Map.entry("real", Type.Primitive.FLOAT),
          Map.entry("double", Type.Primitive.DOUBLE),
          Map.entry("date", Type.Primitive.DATE),
          Map.entry("timestamp", Type.Primitive.TIMESTAMP),
          Map.entry("timestamp_ltz", Type.Primitive.TIMESTAMP),
          Map.entry("timestamp_ntz", Type.Primitive.TIMESTAMP_NTZ),
          Map.entry("binary", Type.Primitive.BINARY));

  private TypeNames() {}

  static Type.@Nullable Primitive primitive(String name) {
    return PRIMITIVES.get(name);
  }

  /** Whether the name is one of DECIMAL's. */
  static boolean isDecimal(String name) {
    return name.equals("decimal") || name.equals("dec") || name.equals("numeric");
  }
}
