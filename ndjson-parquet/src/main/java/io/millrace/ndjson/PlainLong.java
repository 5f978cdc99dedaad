package io.millrace.ndjson;

import io.millrace.vector.LongVector;

/** Reads integers of 64 bits. */
final class PlainLong extends PlainValue {
  private static final int MOST_DIGITS = 19;

  private final LongVector vector;

  PlainLong(LongVector vector) {
    super(vector);
    this.vector = vector;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    int end = Integers.end(bytes, position, MOST_DIGITS);
    if (end < 0) {
      return readNull(bytes, position, slot);
    }
    boolean negative = bytes[position] == '-';
    long magnitude = Integers.value(bytes, negative ? position + 1 : position, end);
    // Nineteen digits may be more than fits; the least value of all is left to the careful path.
    if (magnitude < 0 || isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, negative ? -magnitude : magnitude);
    return end;
  }
}
