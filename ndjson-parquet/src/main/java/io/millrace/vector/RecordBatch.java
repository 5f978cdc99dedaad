package io.millrace.vector;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.util.List;

/** Some records, by column. */
public final class RecordBatch {
  private final Type.Struct schema;
  private final ByteArena arena = new ByteArena();
  private final List<Vector> columns;
  private int rows;

  /** An empty batch of the schema's columns. */
  public RecordBatch(Type.Struct schema) {
    this.schema = schema;
    this.columns = schema.fields().stream().map(RecordBatch::vector).toList();
  }

  public Type.Struct schema() {
    return schema;
  }

  /** What the slices of {@link BinaryVector} lie in. */
  public ByteArena arena() {
    return arena;
  }

  /** In the order of the schema's fields. */
  public List<Vector> columns() {
    return columns;
  }

  /** How many records are complete. */
  public int rows() {
    return rows;
  }

  /** The record whose values have the slot {@code rows()} in each column is complete. */
  public void endRow() {
    rows++;
  }

  /** Forgets the values of the record that is not complete. */
  public void abandonRow() {
    for (Vector column : columns) {
      column.truncate(rows);
    }
  }

  /** Decides all that records lacked; to be called before columns are read. */
  public void finish() {
    for (Vector column : columns) {
      column.fill(rows);
      column.finish();
    }
  }

  /**
   * Takes over some rows of another batch, in place of all of its own. Texts stay where they lie:
   * this batch's arena is the other one's until it is reset.
   *
   * @param batch finished, of the same schema
   * @param rowNumbers ascending; the first {@code count} mean something
   */
  public void gather(RecordBatch batch, int[] rowNumbers, int count) {
    if (!schema.equals(batch.schema)) {
      throw new IllegalArgumentException(
          "rows of the schema %s are no rows of %s".formatted(batch.schema, schema));
    }
    arena.reset(batch.arena.bytes(), batch.arena.end());
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).gather(batch.columns.get(i), rowNumbers, count);
    }
    rows = count;
  }

  /** Forgets all records; the arena is the caller's to reset. */
  public void clear() {
    rows = 0;
    for (Vector column : columns) {
      column.clear();
    }
  }

  private static Vector vector(Field field) {
    return vector(field.type());
  }

  private static Vector vector(Type type) {
    if (type instanceof Type.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> new BooleanVector();
        case BYTE, SHORT, INT, DATE -> new IntVector();
        case LONG, TIMESTAMP, TIMESTAMP_NTZ -> new LongVector();
        case FLOAT -> new FloatVector();
        case DOUBLE -> new DoubleVector();
        case STRING, BINARY -> new BinaryVector();
      };
    }
    if (type instanceof Type.Decimal decimal) {
      return decimal.precision() <= Type.Decimal.MAX_LONG_PRECISION
          ? new LongVector()
          : new BinaryVector();
    }
    if (type instanceof Type.Struct struct) {
      return new StructVector(struct.fields().stream().map(RecordBatch::vector).toList());
    }
    if (type instanceof Type.Array array) {
      return new ListVector(vector(array.element()));
    }
    Type.Map map = (Type.Map) type;
    return new ListVector(new StructVector(List.of(new BinaryVector(), vector(map.value()))));
  }
}
