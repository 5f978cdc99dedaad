package io.millrace.benchmarks.compare;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.util.Arrays;
import org.apache.spark.sql.types.*;

final class Ddl {
  static Type.Struct parse(String ddl) {
    return (Type.Struct) type(StructType.fromDDL(ddl));
  }

  private static Type type(DataType t) {
    if (t instanceof StructType s) {
      return new Type.Struct(
          Arrays.stream(s.fields()).map(f -> Field.of(f.name(), type(f.dataType()))).toList());
    }
    if (t instanceof ArrayType a) {
      return new Type.Array(type(a.elementType()), true);
    }
    return switch (t.sql()) {
      case "STRING" -> Type.Primitive.STRING;
      case "BIGINT" -> Type.Primitive.LONG;
      case "INT" -> Type.Primitive.INT;
      case "DOUBLE" -> Type.Primitive.DOUBLE;
      case "BOOLEAN" -> Type.Primitive.BOOLEAN;
      case "TIMESTAMP" -> Type.Primitive.TIMESTAMP;
      default -> throw new IllegalArgumentException(t.sql());
    };
  }
}
