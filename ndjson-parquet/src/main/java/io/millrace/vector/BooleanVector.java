package io.millrace.vector;

import java.util.Arrays;

/** Truth values. */
public final class BooleanVector extends Vector {
  private boolean[] values = new boolean[FIRST_CAPACITY];

  /** Appends a value at a slot that is not decided yet. */
  public void append(int slot, boolean value) {
    int index = next(slot);
    if (index == values.length) {
      values = Arrays.copyOf(values, 2 * index);
    }
    values[index] = value;
  }

  /** The values, of which the first {@code count()} mean something; to be read only. */
  public boolean[] values() {
    return values;
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    if (n > values.length) {
      values = new boolean[Math.max(n, 2 * values.length)];
    }
    boolean[] from = ((BooleanVector) source).values;
    for (int i = 0; i < n; i++) {
      values[i] = from[indices[i]];
    }
  }
}
