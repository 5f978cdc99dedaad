package io.millrace.ndjson;

import io.millrace.vector.ListVector;

/** Reads arrays. */
final class PlainList extends PlainValue {
  private final ListVector vector;
  private final PlainValue element;

  PlainList(ListVector vector, PlainValue element) {
    super(vector);
    this.vector = vector;
    this.element = element;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '[') {
      return readNull(bytes, position, slot);
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    int child = vector.open(slot);
    int i = skipBlanks(bytes, position + 1);
    if (bytes[i] == ']') {
      vector.close(child);
      return i + 1;
    }
    while (true) {
      i = element.read(bytes, i, child);
      if (i < 0) {
        return REFUSED;
      }
      child++;
      i = skipBlanks(bytes, i);
      if (bytes[i] != ',') {
        break;
      }
      i = skipBlanks(bytes, i + 1);
    }
    if (bytes[i] != ']') {
      return REFUSED;
    }
    vector.close(child);
    return i + 1;
  }
}
