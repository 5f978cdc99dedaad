package io.millrace.benchmarks.compare;

import static java.util.stream.Collectors.joining;

import io.millrace.schema.Field;
import io.millrace.schema.Type;

/** Our types in DuckDB's words. */
final class DuckDbTypes {
  private DuckDbTypes() {}

  /** The schema as {@code read_json} takes it. */
  static String columns(Type.Struct schema) {
    return schema.fields().stream()
        .map(field -> "'%s': '%s'".formatted(field.name(), type(field.type())))
        .collect(joining(", ", "{", "}"));
  }

  private static String type(Type type) {
    if (type instanceof Type.Primitive primitive) {
      return switch (primitive) {
        case STRING -> "VARCHAR";
        case BOOLEAN -> "BOOLEAN";
        case BYTE -> "TINYINT";
        case SHORT -> "SMALLINT";
        case INT -> "INTEGER";
        case LONG -> "BIGINT";
        case FLOAT -> "FLOAT";
        case DOUBLE -> "DOUBLE";
        case DATE -> "DATE";
        case TIMESTAMP -> "TIMESTAMPTZ";
        case TIMESTAMP_NTZ -> "TIMESTAMP";
        case BINARY -> "BLOB";
      };
    }
    if (type instanceof Type.Decimal decimal) {
      return "DECIMAL(%d, %d)".formatted(decimal.precision(), decimal.scale());
    }
    if (type instanceof Type.Struct struct) {
      return struct.fields().stream()
          .map(DuckDbTypes::field)
          .collect(joining(", ", "STRUCT(", ")"));
    }
    if (type instanceof Type.Array array) {
      return type(array.element()) + "[]";
    }
    return "MAP(VARCHAR, %s)".formatted(type(((Type.Map) type).value()));
  }

  private static String field(Field field) {
    return "\"%s\" %s".formatted(field.name(), type(field.type()));
  }
}
