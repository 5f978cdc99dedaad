package io.millrace.benchmarks.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.BooleanVector;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.IntVector;
import io.millrace.vector.ListVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.time.Instant;
import java.util.List;

/** Writes a batch's records as NDJSON, for sizes and for other programs to read. */
final class VectorJson {
  private final byte[] arena;
  private final StringBuilder out = new StringBuilder();

  private VectorJson(byte[] arena) {
    this.arena = arena;
  }

  static String of(RecordBatch batch) {
    VectorJson json = new VectorJson(batch.arena().bytes());
    for (int row = 0; row < batch.rows(); row++) {
      json.struct(batch.schema(), batch.columns(), row);
      json.out.append('\n');
    }
    return json.out.toString();
  }

  private void struct(Type.Struct schema, List<Vector> columns, int slot) {
    out.append('{');
    boolean first = true;
    for (int i = 0; i < columns.size(); i++) {
      Field field = schema.fields().get(i);
      if (columns.get(i).isPresent(slot)) {
        out.append(first ? "\"" : ",\"").append(field.name()).append("\":");
        value(field.type(), columns.get(i), slot);
        first = false;
      }
    }
    out.append('}');
  }

  private static int index(Vector vector, int slot) {
    if (vector.count() == vector.slots()) {
      return slot;
    }
    int index = 0;
    for (int i = 0; i < slot >>> 6; i++) {
      index += Long.bitCount(vector.presence()[i]);
    }
    return index + Long.bitCount(vector.presence()[slot >>> 6] & ((1L << slot) - 1));
  }

  private void value(Type type, Vector vector, int slot) {
    int index = index(vector, slot);
    if (vector instanceof StructVector struct) {
      struct((Type.Struct) type, struct.children(), index);
    } else if (vector instanceof ListVector list) {
      out.append('[');
      int begin = index == 0 ? 0 : list.ends()[index - 1];
      for (int i = begin; i < list.ends()[index]; i++) {
        if (i > begin) {
          out.append(',');
        }
        value(((Type.Array) type).element(), list.element(), i);
      }
      out.append(']');
    } else if (vector instanceof BinaryVector bytes) {
      long slice = bytes.slices()[index];
      out.append('"');
      out.append(
          new String(arena, BinaryVector.offset(slice), BinaryVector.length(slice), UTF_8)
              .replace("\"", "\\\""));
      out.append('"');
    } else if (vector instanceof BooleanVector booleans) {
      out.append(booleans.values()[index]);
    } else if (vector instanceof IntVector ints) {
      out.append(ints.values()[index]);
    } else if (vector instanceof DoubleVector doubles) {
      out.append(doubles.values()[index]);
    } else if (type == Type.Primitive.TIMESTAMP) {
      long micros = ((LongVector) vector).values()[index];
      out.append('"').append(Instant.EPOCH.plusNanos(micros * 1000)).append('"');
    } else {
      out.append(((LongVector) vector).values()[index]);
    }
  }
}
