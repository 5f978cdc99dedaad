package io.millrace.vector;

import java.util.Arrays;

/** Numbers of 64 bits: LONG, timestamps in microseconds, and decimals up to 18 digits, unscaled. */
public final class LongVector extends Vector {
  private long[] values = new long[FIRST_CAPACITY];

  /** Appends a value at a slot that is not decided yet. */
  public void append(int slot, long value) {
    int index = next(slot);
    if (index == values.length) {
      values = Arrays.copyOf(values, 2 * index);
    }
    values[index] = value;
  }

  /** The values, of which the first {@code count()} mean something; to be read only. */
  public long[] values() {
    return values;
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    if (n > values.length) {
      values = new long[Math.max(n, 2 * values.length)];
    }
    long[] from = ((LongVector) source).values;
    for (int i = 0; i < n; i++) {
      values[i] = from[indices[i]];
    }
  }
}
