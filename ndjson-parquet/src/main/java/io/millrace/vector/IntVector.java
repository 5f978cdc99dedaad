package io.millrace.vector;

import java.util.Arrays;

/** Numbers of 32 bits: BYTE, SHORT, INT, and DATE as days since 1970. */
public final class IntVector extends Vector {
  private int[] values = new int[FIRST_CAPACITY];

  /** Appends a value at a slot that is not decided yet. */
  public void append(int slot, int value) {
    int index = next(slot);
    if (index == values.length) {
      values = Arrays.copyOf(values, 2 * index);
    }
    values[index] = value;
  }

  /** The values, of which the first {@code count()} mean something; to be read only. */
  public int[] values() {
    return values;
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    if (n > values.length) {
      values = new int[Math.max(n, 2 * values.length)];
    }
    int[] from = ((IntVector) source).values;
    for (int i = 0; i < n; i++) {
      values[i] = from[indices[i]];
    }
  }
}
