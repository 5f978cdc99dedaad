package io.millrace.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
  private static final Type.Struct SCHEMA =
      new Type.Struct(
          List.of(
              Field.of("n", Type.Primitive.LONG),
              Field.of("s", new Type.Struct(List.of(Field.of("t", Type.Primitive.STRING)))),
              Field.of("a", new Type.Array(Type.Primitive.INT, true))));

  @Test
  void presenceIsRememberedAcrossWordsWhereverNullsLie() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      IntVector vector = new IntVector();
      boolean[] present = new boolean[random.nextInt(5000)];
      int odds = 1 + random.nextInt(40);
      for (int i = 0; i < present.length; i++) {
        present[i] = random.nextInt(odds) > 0;
        if (present[i]) {
          vector.append(i, i);
        }
      }
      vector.fill(present.length);
      int end = random.nextInt(present.length + 1);
      vector.truncate(end);
      assertThat(vector.slots()).isEqualTo(end);
      int count = 0;
      for (int i = 0; i < end; i++) {
        assertThat(vector.isPresent(i)).as("slot %s, seed %s", i, seed).isEqualTo(present[i]);
        if (present[i]) {
          assertThat(vector.values()[count++]).isEqualTo(i);
        }
      }
      assertThat(vector.count()).isEqualTo(count);
    }
  }

  @Test
  void aDecidedSlotIsNotDecidedTwice() {
    LongVector vector = new LongVector();
    vector.append(3, 1);
    assertThatThrownBy(() -> vector.append(3, 2)).hasMessage("slot 3 is decided, as all before 4");
  }

  private static RecordBatch batch(int rows) {
    RecordBatch batch = new RecordBatch(SCHEMA);
    batch.arena().reset(new byte[ByteArena.PADDING], 0);
    for (int row = 0; row < rows; row++) {
      append(batch, row);
      batch.endRow();
    }
    batch.finish();
    return batch;
  }

  /** Number {@code row}, a struct with a text every third time, {@code row % 4} elements. */
  private static void append(RecordBatch batch, int row) {
    int slot = batch.rows();
    if (row % 2 == 0) {
      ((LongVector) batch.columns().get(0)).append(slot, row);
    }
    if (row % 3 > 0) {
      StructVector struct = (StructVector) batch.columns().get(1);
      int child = struct.open(slot);
      if (row % 3 == 1) {
        batch.arena().reserve(1)[batch.arena().end()] = (byte) row;
        ((BinaryVector) struct.children().get(0)).append(child, batch.arena().commit(1), 1);
      }
    }
    ListVector list = (ListVector) batch.columns().get(2);
    int element = list.open(slot);
    for (int i = 0; i < row % 4; i++, element++) {
      if (i != 1) {
        ((IntVector) list.element()).append(element, 10 * row + i);
      }
    }
    list.close(element);
  }

  @Test
  void anAbandonedRecordLeavesNothing() {
    RecordBatch expected = batch(20);
    RecordBatch actual = new RecordBatch(SCHEMA);
    actual.arena().reset(new byte[ByteArena.PADDING], 0);
    for (int row = 0; row < 20; row++) {
      append(actual, row + 7);
      actual.abandonRow();
      append(actual, row);
      actual.endRow();
    }
    actual.finish();
    assertThat(describe(actual)).isEqualTo(describe(expected));
  }

  @Test
  void gatheredRowsAreTheChosenOnesInTheirOrder() {
    RecordBatch batch = batch(300);
    int[] chosen = {0, 1, 2, 63, 64, 65, 66, 127, 128, 200, 201, 202, 203, 299};
    RecordBatch expected = new RecordBatch(SCHEMA);
    expected.arena().reset(new byte[ByteArena.PADDING], 0);
    for (int row : chosen) {
      append(expected, row);
      expected.endRow();
    }
    expected.finish();
    RecordBatch gathered = new RecordBatch(SCHEMA);
    gathered.gather(batch(2), new int[] {1}, 1);
    gathered.gather(batch, Arrays.copyOf(chosen, 20), chosen.length);
    assertThat(gathered.rows()).isEqualTo(chosen.length);
    assertThat(describe(gathered)).isEqualTo(describe(expected));
  }

  private static String describe(RecordBatch batch) {
    StringBuilder text = new StringBuilder();
    batch.columns().forEach(column -> describe(batch, column, text));
    return text.toString();
  }

  private static void describe(RecordBatch batch, Vector vector, StringBuilder text) {
    text.append('[');
    for (int i = 0; i < vector.slots(); i++) {
      text.append(vector.isPresent(i) ? 1 : 0);
    }
    text.append("] ");
    for (int i = 0; i < vector.count(); i++) {
      if (vector instanceof LongVector longs) {
        text.append(longs.values()[i]).append(' ');
      } else if (vector instanceof IntVector ints) {
        text.append(ints.values()[i]).append(' ');
      } else if (vector instanceof ListVector lists) {
        text.append(lists.ends()[i]).append(' ');
      } else if (vector instanceof BinaryVector bytes) {
        text.append(batch.arena().bytes()[BinaryVector.offset(bytes.slices()[i])]).append(' ');
      }
    }
    if (vector instanceof ListVector lists) {
      describe(batch, lists.element(), text);
    } else if (vector instanceof StructVector structs) {
      structs.children().forEach(child -> describe(batch, child, text));
    }
  }
}
