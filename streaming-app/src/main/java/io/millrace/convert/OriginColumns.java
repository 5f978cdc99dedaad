package io.millrace.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.conversion.RowOrigin;
import io.millrace.input.Input;
import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The columns {@code _ordinal} and those of {@link MetadataColumn}, of rows of pinned objects. */
final class OriginColumns implements RowOrigin {
  private final List<MetadataColumn> metadata;

  OriginColumns(List<MetadataColumn> metadata) {
    this.metadata = metadata;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of(RowLayout.ORDINAL, Type.Primitive.LONG));
    for (MetadataColumn column : metadata) {
      Type type = column == MetadataColumn.OFFSET ? Type.Primitive.LONG : Type.Primitive.STRING;
      fields.add(Field.of(column.column(), type));
    }
    return fields;
  }

  @Override
  public void append(Input input, long[] offsets, RecordBatch batch) {
    Arrival arrival = arrival(input);
    List<Vector> columns = batch.columns();
    int next = columns.size() - metadata.size() - 1;
    LongVector ordinals = (LongVector) columns.get(next++);
    ordinals.clear();
    for (int row = 0; row < batch.rows(); row++) {
      ordinals.append(row, arrival.ordinal());
    }
    for (MetadataColumn column : metadata) {
      Vector vector = columns.get(next++);
      vector.clear();
      if (column == MetadataColumn.OFFSET) {
        LongVector values = (LongVector) vector;
        for (int row = 0; row < batch.rows(); row++) {
          values.append(row, offsets[row]);
        }
      } else {
        fill((BinaryVector) vector, text(column, arrival.object()), batch);
      }
    }
  }

  @Override
  public Instant time(Input input) {
    return arrival(input).object().eventTime();
  }

  private static void fill(BinaryVector vector, String text, RecordBatch batch) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteArena arena = batch.arena();
    System.arraycopy(bytes, 0, arena.reserve(bytes.length), arena.end(), bytes.length);
    int begin = arena.commit(bytes.length);
    for (int row = 0; row < batch.rows(); row++) {
      vector.append(row, begin, bytes.length);
    }
  }

  private static String text(MetadataColumn column, Notification object) {
    return switch (column) {
      case BUCKET -> object.bucket();
      case KEY -> object.key();
      case VERSION -> object.version();
      case OFFSET -> throw new IllegalArgumentException("the offset is no text");
    };
  }

  private static Arrival arrival(Input input) {
    return ((PinnedInput) input).arrival();
  }
}
