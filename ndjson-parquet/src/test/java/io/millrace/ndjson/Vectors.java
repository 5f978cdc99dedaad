package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.BooleanVector;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.FloatVector;
import io.millrace.vector.IntVector;
import io.millrace.vector.ListVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows out of a batch as plain values that equal each other: structs, arrays and maps as
 * lists, a map's entries as lists of two, texts and bytes as strings of Latin-1, decimals unscaled.
 */
final class Vectors {
  private final byte[] arena;

  private Vectors(byte[] arena) {
    this.arena = arena;
  }

  static List<List<Object>> rows(RecordBatch batch) {
    Vectors vectors = new Vectors(batch.arena().bytes());
    List<List<Object>> columns = new ArrayList<>();
    List<Field> fields = batch.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      columns.add(vectors.values(fields.get(i).type(), batch.columns().get(i), batch.rows()));
    }
    return transposed(columns, batch.rows());
  }

  private static List<List<Object>> transposed(List<List<Object>> columns, int rows) {
    List<List<Object>> result = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Object> values = new ArrayList<>();
      for (List<Object> column : columns) {
        values.add(column.get(row));
      }
      result.add(values);
    }
    return result;
  }

  /** The value of each slot, null for those that have none. */
  private List<Object> values(Type type, Vector vector, int slots) {
    if (vector.slots() != slots) {
      throw new AssertionError("%d slots, not %d".formatted(vector.slots(), slots));
    }
    List<Object> dense = dense(type, vector);
    List<Object> values = new ArrayList<>();
    int index = 0;
    for (int slot = 0; slot < slots; slot++) {
      values.add(vector.isPresent(slot) ? dense.get(index++) : null);
    }
    if (index != vector.count() || dense.size() != vector.count()) {
      throw new AssertionError("%d values, not %d".formatted(index, vector.count()));
    }
    return values;
  }

  private List<Object> dense(Type type, Vector vector) {
    if (type instanceof Type.Struct struct) {
      List<List<Object>> children = new ArrayList<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        Vector child = ((StructVector) vector).children().get(i);
        children.add(values(struct.fields().get(i).type(), child, vector.count()));
      }
      return new ArrayList<>(transposed(children, vector.count()));
    }
    if (type instanceof Type.Array array) {
      return lists(array.element(), (ListVector) vector);
    }
    if (type instanceof Type.Map map) {
      Type entry =
          new Type.Struct(
              List.of(Field.of("key", Type.Primitive.STRING), Field.of("value", map.value())));
      return lists(entry, (ListVector) vector);
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.count(); i++) {
      values.add(leaf(type, vector, i));
    }
    return values;
  }

  private List<Object> lists(Type element, ListVector vector) {
    int count = vector.count();
    int end = count == 0 ? 0 : vector.ends()[count - 1];
    List<Object> elements = values(element, vector.element(), end);
    List<Object> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int start = i == 0 ? 0 : vector.ends()[i - 1];
      lists.add(new ArrayList<>(elements.subList(start, vector.ends()[i])));
    }
    return lists;
  }

  private @Nullable Object leaf(Type type, Vector vector, int index) {
    if (vector instanceof BooleanVector booleans) {
      return booleans.values()[index];
    }
    if (vector instanceof IntVector ints) {
      return ints.values()[index];
    }
    if (vector instanceof LongVector longs) {
      long value = longs.values()[index];
      return type instanceof Type.Decimal ? BigInteger.valueOf(value) : (Object) value;
    }
    if (vector instanceof FloatVector floats) {
      return floats.values()[index];
    }
    if (vector instanceof DoubleVector doubles) {
      return doubles.values()[index];
    }
    long slice = ((BinaryVector) vector).slices()[index];
    int offset = BinaryVector.offset(slice);
    byte[] bytes = Arrays.copyOfRange(arena, offset, offset + BinaryVector.length(slice));
    if (type instanceof Type.Decimal decimal) {
      if (bytes.length != Decimals.fixedBytes(decimal)) {
        throw new AssertionError("%d bytes in a %s".formatted(bytes.length, decimal));
      }
      return new BigInteger(bytes);
    }
    return new String(bytes, ISO_8859_1);
  }
}
