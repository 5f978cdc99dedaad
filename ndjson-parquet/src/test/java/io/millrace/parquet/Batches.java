package io.millrace.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.BooleanVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.FloatVector;
import io.millrace.vector.IntVector;
import io.millrace.vector.ListVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills batches from plain values: lists for rows, structs and arrays, maps, boxed numbers, {@link
 * BigDecimal}, text and byte arrays.
 */
final class Batches {
  private Batches() {}

  /** A finished batch of the rows. */
  static RecordBatch of(Type.Struct schema, List<List<@Nullable Object>> rows) {
    RecordBatch batch = new RecordBatch(schema);
    fill(batch, rows);
    return batch;
  }

  static void fill(RecordBatch batch, List<List<@Nullable Object>> rows) {
    batch.clear();
    batch.arena().reset(new byte[ByteArena.PADDING], 0);
    for (List<@Nullable Object> row : rows) {
      append(batch, row);
    }
    batch.finish();
  }

  static void append(RecordBatch batch, List<@Nullable Object> row) {
    List<Field> fields = batch.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      append(batch, fields.get(i).type(), batch.columns().get(i), batch.rows(), row.get(i));
    }
    batch.endRow();
  }

  private static void append(
      RecordBatch batch, Type type, Vector vector, int slot, @Nullable Object value) {
    if (value == null) {
      return;
    }
    if (vector instanceof StructVector structs) {
      List<Field> fields = ((Type.Struct) type).fields();
      int child = structs.open(slot);
      for (int i = 0; i < fields.size(); i++) {
        append(
            batch,
            fields.get(i).type(),
            structs.children().get(i),
            child,
            ((List<?>) value).get(i));
      }
    } else if (vector instanceof ListVector lists) {
      int element = lists.open(slot);
      if (type instanceof Type.Array array) {
        for (Object each : (List<?>) value) {
          append(batch, array.element(), lists.element(), element++, each);
        }
      } else {
        Type mapValue = ((Type.Map) type).value();
        StructVector entries = (StructVector) lists.element();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          int child = entries.open(element++);
          append(batch, Type.Primitive.STRING, entries.children().get(0), child, entry.getKey());
          append(batch, mapValue, entries.children().get(1), child, entry.getValue());
        }
      }
      lists.close(element);
    } else if (vector instanceof BinaryVector bytes) {
      appendBytes(batch.arena(), bytes, slot, bytes(type, value));
    } else if (vector instanceof BooleanVector booleans) {
      booleans.append(slot, (Boolean) value);
    } else if (vector instanceof IntVector ints) {
      ints.append(slot, (Integer) value);
    } else if (vector instanceof LongVector longs) {
      longs.append(
          slot,
          value instanceof BigDecimal decimal
              ? decimal.unscaledValue().longValueExact()
              : (Long) value);
    } else if (vector instanceof FloatVector floats) {
      floats.append(slot, (Float) value);
    } else {
      ((DoubleVector) vector).append(slot, (Double) value);
    }
  }

  private static byte[] bytes(Type type, Object value) {
    if (type instanceof Type.Decimal decimal) {
      byte[] unscaled = ((BigDecimal) value).unscaledValue().toByteArray();
      byte[] fixed = new byte[FileSchema.decimalBytes(decimal.precision())];
      Arrays.fill(fixed, (byte) (unscaled[0] < 0 ? -1 : 0));
      System.arraycopy(unscaled, 0, fixed, fixed.length - unscaled.length, unscaled.length);
      return fixed;
    }
    return value instanceof String text ? text.getBytes(UTF_8) : (byte[]) value;
  }

  private static void appendBytes(ByteArena arena, BinaryVector vector, int slot, byte[] value) {
    System.arraycopy(value, 0, arena.reserve(value.length), arena.end(), value.length);
    vector.append(slot, arena.commit(value.length), value.length);
  }
}
