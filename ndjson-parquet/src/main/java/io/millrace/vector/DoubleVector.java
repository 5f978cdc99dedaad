package io.millrace.vector;

import java.util.Arrays;

/** Floating-point numbers of 64 bits. */
public final class DoubleVector extends Vector {
  private double[] values = new double[FIRST_CAPACITY];

  /** Appends a value at a slot that is not decided yet. */
  public void append(int slot, double value) {
    int index = next(slot);
    if (index == values.length) {
      values = Arrays.copyOf(values, 2 * index);
    }
    values[index] = value;
  }

  /** The values, of which the first {@code count()} mean something; to be read only. */
  public double[] values() {
    return values;
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    if (n > values.length) {
      values = new double[Math.max(n, 2 * values.length)];
    }
    double[] from = ((DoubleVector) source).values;
    for (int i = 0; i < n; i++) {
      values[i] = from[indices[i]];
    }
  }
}
