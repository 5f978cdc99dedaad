package io.millrace.ndjson;

import io.millrace.vector.IntVector;

/** Reads dates of the form {@code 2024-02-29}. */
final class PlainDate extends PlainValue {
  private final IntVector vector;

  PlainDate(IntVector vector) {
    super(vector);
    this.vector = vector;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '"') {
      return readNull(bytes, position, slot);
    }
    int days = CalendarDays.read(bytes, position + 1);
    int end = position + 1 + CalendarDays.CHARS;
    if (days == CalendarDays.INVALID || bytes[end] != '"' || isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, days);
    return end + 1;
  }
}
