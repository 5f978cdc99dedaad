package io.millrace.conversion;

import io.millrace.input.Input;
import io.millrace.schema.Field;
import io.millrace.vector.RecordBatch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What files tell of a row besides its record: from where it comes. For one thread. */
public interface RowOrigin {
  /** Files have nothing but the records. */
  RowOrigin UNTOLD =
      new RowOrigin() {
        @Override
        public List<Field> fields() {
          return List.of();
        }

        @Override
        public void append(Input input, long[] offsets, RecordBatch batch) {}

        @Override
        public @Nullable Instant time(Input input) {
          return null;
        }
      };

  /** The columns that files have behind those of the records. */
  List<Field> fields();

  /**
   * Fills these columns, all null until now, of a batch whose other columns are finished: each is
   * to be cleared, and to get {@code rows()} values.
   *
   * @param offsets where each row's line begins in the object, decompressed
   */
  void append(Input input, long[] offsets, RecordBatch batch);

  /** The time of rows that have none of their own; null where there is none. */
  @Nullable Instant time(Input input);
}
