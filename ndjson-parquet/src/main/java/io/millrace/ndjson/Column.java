package io.millrace.ndjson;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.ListVector;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type together with the vector that takes its values. */
sealed interface Column {
  /** Spark's default name of the column that holds malformed records, never read from them. */
  String CORRUPT_RECORD = "_corrupt_record";

  Vector vector();

  /** Of a value that has no parts. */
  record Leaf(Type type, Vector vector) implements Column {}

  /** Of an object; the record's own has no vector but columns. */
  record Struct(@Nullable StructVector structVector, java.util.Map<String, Column> fields)
      implements Column {
    @Override
    public Vector vector() {
      if (structVector == null) {
        throw new IllegalStateException("a record has columns, not a vector");
      }
      return structVector;
    }

    @Nullable Column field(String name) {
      return fields.get(name);
    }
  }

  /** Of an array. */
  record Array(ListVector vector, Column element) implements Column {}

  /** Of an object whose fields are entries. */
  record Map(ListVector vector, BinaryVector keys, Column value) implements Column {}

  /** The record. */
  static Struct root(Type.Struct schema, List<Vector> columns) {
    java.util.Map<String, Column> fields = fields(schema, columns);
    fields.remove(CORRUPT_RECORD);
    return new Struct(null, fields);
  }

  private static java.util.Map<String, Column> fields(Type.Struct type, List<Vector> children) {
    java.util.Map<String, Column> columns = new HashMap<>();
    List<Field> fields = type.fields();
    for (int i = 0; i < fields.size(); i++) {
      columns.put(fields.get(i).name(), of(fields.get(i).type(), children.get(i)));
    }
    return columns;
  }

  private static Column of(Type type, Vector vector) {
    if (type instanceof Type.Struct struct) {
      StructVector structs = (StructVector) vector;
      return new Struct(structs, fields(struct, structs.children()));
    }
    if (type instanceof Type.Array array) {
      ListVector list = (ListVector) vector;
      return new Array(list, of(array.element(), list.element()));
    }
    if (type instanceof Type.Map map) {
      ListVector list = (ListVector) vector;
      List<Vector> entry = ((StructVector) list.element()).children();
      return new Map(list, (BinaryVector) entry.get(0), of(map.value(), entry.get(1)));
    }
    return new Leaf(type, vector);
  }
}
