package io.millrace.parquet;

import org.apache.parquet.format.Type;

/**
 * Numbers of 32 or 64 bits. A NaN makes the bounds unknown: some readers hold it greater than any
 * number, others for none.
 */
final class NumberRange extends Range {
  private final Type physical;
  private boolean any;
  private boolean nan;
  private long min;
  private long max;
  private double least;
  private double greatest;

  /**
   * @param physical INT32, INT64, FLOAT or DOUBLE
   */
  NumberRange(Type physical) {
    this.physical = physical;
    clear();
  }

  /** Takes in integers, or floating-point numbers as their bits. */
  void add(long[] values, int from, int to) {
    if (from == to) {
      return;
    }
    any = true;
    switch (physical) {
      case FLOAT -> addFloats(values, from, to);
      case DOUBLE -> addDoubles(values, from, to);
      default -> addIntegers(values, from, to);
    }
  }

  private void addIntegers(long[] values, int from, int to) {
    long low = min;
    long high = max;
    for (int i = from; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    min = low;
    max = high;
  }

  private void addFloats(long[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      add(Float.intBitsToFloat((int) values[i]));
    }
  }

  private void addDoubles(long[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      add(Double.longBitsToDouble(values[i]));
    }
  }

  private void add(double value) {
    if (value < least) {
      least = value;
    }
    if (value > greatest) {
      greatest = value;
    }
    if (Double.isNaN(value)) {
      nan = true;
    }
  }

  boolean isFloating() {
    return physical == Type.FLOAT || physical == Type.DOUBLE;
  }

  boolean hasNaN() {
    return nan;
  }

  boolean isEmpty() {
    return !any;
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }

  /** Of those that are numbers; positive infinity if there is none. */
  double least() {
    return least;
  }

  /** Of those that are numbers; negative infinity if there is none. */
  double greatest() {
    return greatest;
  }

  @Override
  boolean isKnown() {
    return any && !nan;
  }

  @Override
  byte[] min(int limit) {
    // A reader that looks for -0.0 must not be told that 0.0 is the least.
    return isFloating() ? encode(least == 0 ? -0.0 : least) : encode(min);
  }

  @Override
  byte[] max(int limit) {
    return isFloating() ? encode(greatest == 0 ? 0.0 : greatest) : encode(max);
  }

  private byte[] encode(double value) {
    return physical == Type.FLOAT
        ? encode(Float.floatToRawIntBits((float) value), Integer.BYTES)
        : encode(Double.doubleToRawLongBits(value), Long.BYTES);
  }

  private byte[] encode(long value) {
    return encode(value, physical == Type.INT32 ? Integer.BYTES : Long.BYTES);
  }

  private static byte[] encode(long value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  @Override
  int compareMin(Range other) {
    NumberRange range = (NumberRange) other;
    return isFloating() ? Double.compare(least, range.least) : Long.compare(min, range.min);
  }

  @Override
  int compareMax(Range other) {
    NumberRange range = (NumberRange) other;
    return isFloating() ? Double.compare(greatest, range.greatest) : Long.compare(max, range.max);
  }

  @Override
  void add(Range other) {
    NumberRange range = (NumberRange) other;
    any |= range.any;
    nan |= range.nan;
    min = Math.min(min, range.min);
    max = Math.max(max, range.max);
    least = Math.min(least, range.least);
    greatest = Math.max(greatest, range.greatest);
  }

  @Override
  void clear() {
    any = false;
    nan = false;
    min = Long.MAX_VALUE;
    max = Long.MIN_VALUE;
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
  }

  @Override
  Range fresh() {
    return new NumberRange(physical);
  }
}
