package io.millrace.ndjson;

import io.millrace.vector.BooleanVector;

/** Reads truth values. */
final class PlainBoolean extends PlainValue {

  private final BooleanVector vector;

  PlainBoolean(BooleanVector vector) {
    super(vector);
    this.vector = vector;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    boolean truth = Literals.isTrue(bytes, position);
    if (!truth && !Literals.isFalse(bytes, position)) {
      return readNull(bytes, position, slot);
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, truth);
    return position + (truth ? 4 : 5);
  }
}
