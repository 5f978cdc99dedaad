package io.millrace.ndjson;

import io.millrace.vector.IntVector;

/** Reads integers of up to 32 bits. */
final class PlainInt extends PlainValue {
  private static final int MOST_DIGITS = 10;

  private final IntVector vector;
  private final long least;
  private final long most;

  PlainInt(IntVector vector, long least, long most) {
    super(vector);
    this.vector = vector;
    this.least = least;
    this.most = most;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    int end = Integers.end(bytes, position, MOST_DIGITS);
    if (end < 0) {
      return readNull(bytes, position, slot);
    }
    boolean negative = bytes[position] == '-';
    long magnitude = Integers.value(bytes, negative ? position + 1 : position, end);
    long value = negative ? -magnitude : magnitude;
    if (value < least || value > most || isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, (int) value);
    return end;
  }
}
