package io.millrace.ndjson;

import io.millrace.vector.StructVector;

/** Reads objects. */
final class PlainStruct extends PlainValue {
  private final StructVector vector;
  private final PlainFields fields;

  PlainStruct(StructVector vector, PlainFields fields) {
    super(vector);
    this.vector = vector;
    this.fields = fields;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '{') {
      return readNull(bytes, position, slot);
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    return fields.read(bytes, position + 1, vector.open(slot));
  }
}
