package io.millrace.ndjson;

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
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** Reads records that are written as nearly all are. */
final class PlainRecord {
  private final ByteArena arena;
  private final ReaderOptions options;
  private final SkippedValue skipped;
  private final PlainFields fields;

  /** Whether there are records of the schema that are plain, and none that are too deep. */
  private final boolean isReadable;

  PlainRecord(Type.Struct schema, List<Vector> columns, ByteArena arena, ReaderOptions options) {
    this.arena = arena;
    this.options = options;
    int depth = depth(schema);
    this.isReadable = depth <= options.maxDepth() && hasPlainNames(schema);
    this.skipped = new SkippedValue(Math.max(0, options.maxDepth() - depth));
    this.fields = fields(schema, columns, true);
  }

  /**
   * Reads the record that begins with a brace at a position.
   *
   * @return the position of the line's terminator, or {@link PlainValue#REFUSED}; some values may
   *     then have been appended
   */
  int read(byte[] bytes, int position, int row) {
    if (!isReadable) {
      return PlainValue.REFUSED;
    }
    int end = fields.read(bytes, position + 1, row);
    if (end > 0 && !LineEnds.isTerminator(bytes[end])) {
      end = PlainValue.skipBlanks(bytes, end);
      return LineEnds.isTerminator(bytes[end]) ? end : PlainValue.REFUSED;
    }
    return end;
  }

  private PlainFields fields(Type.Struct struct, List<Vector> vectors, boolean isRecord) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      Field field = struct.fields().get(i);
      if (!isRecord || !field.name().equals(Column.CORRUPT_RECORD)) {
        keys.add(new Key(field.name(), value(field.type(), vectors.get(i))));
      }
    }
    return new PlainFields(keys, skipped);
  }

  private PlainValue value(Type type, Vector vector) {
    if (type instanceof Type.Struct struct) {
      StructVector structs = (StructVector) vector;
      return new PlainStruct(structs, fields(struct, structs.children(), false));
    }
    if (type instanceof Type.Array array) {
      ListVector list = (ListVector) vector;
      return new PlainList(list, value(array.element(), list.element()));
    }
    if (type instanceof Type.Map map) {
      ListVector list = (ListVector) vector;
      List<Vector> entry = ((StructVector) list.element()).children();
      // A key may be as long as the record.
      PlainString key = new PlainString((BinaryVector) entry.get(0), arena, Integer.MAX_VALUE);
      return new PlainMap(list, key, value(map.value(), entry.get(1)));
    }
    if (type instanceof Type.Decimal decimal) {
      return new PlainDecimal(decimal, vector, arena);
    }
    return primitive((Type.Primitive) type, vector);
  }

  private PlainValue primitive(Type.Primitive type, Vector vector) {
    return switch (type) {
      case STRING -> new PlainString((BinaryVector) vector, arena, options.maxStringChars());
      case BOOLEAN -> new PlainBoolean((BooleanVector) vector);
      case BYTE -> new PlainInt((IntVector) vector, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SHORT -> new PlainInt((IntVector) vector, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> new PlainInt((IntVector) vector, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> new PlainLong((LongVector) vector);
      case FLOAT -> new PlainFloat((FloatVector) vector);
      case DOUBLE -> new PlainDouble((DoubleVector) vector);
      case DATE -> new PlainDate((IntVector) vector);
      case TIMESTAMP -> new PlainTimestamp((LongVector) vector, new LocalTimes(options.timeZone()));
      case TIMESTAMP_NTZ -> new PlainTimestamp((LongVector) vector, null);
      case BINARY -> new PlainBinary((BinaryVector) vector, arena, options.maxStringChars());
    };
  }

  /** Whether each field's name is in JSON what it is by itself: keys are compared as written. */
  private static boolean hasPlainNames(Type type) {
    if (type instanceof Type.Struct struct) {
      return struct.fields().stream()
          .allMatch(field -> isPlain(field.name()) && hasPlainNames(field.type()));
    }
    if (type instanceof Type.Array array) {
      return hasPlainNames(array.element());
    }
    return !(type instanceof Type.Map map) || hasPlainNames(map.value());
  }

  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
  }

  /** How deep a record can be whose fields are those of the type. */
  private static int depth(Type type) {
    if (type instanceof Type.Struct struct) {
      return 1 + struct.fields().stream().mapToInt(field -> depth(field.type())).max().orElse(0);
    }
    if (type instanceof Type.Array array) {
      return 1 + depth(array.element());
    }
    return type instanceof Type.Map map ? 1 + depth(map.value()) : 0;
  }
}
