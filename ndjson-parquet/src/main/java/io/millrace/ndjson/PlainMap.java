package io.millrace.ndjson;

import io.millrace.vector.ListVector;
import io.millrace.vector.StructVector;

/** Reads objects whose fields are the entries of a map. */
final class PlainMap extends PlainValue {
  private final ListVector vector;
  private final StructVector entries;
  private final PlainString key;
  private final PlainValue value;

  PlainMap(ListVector vector, PlainString key, PlainValue value) {
    super(vector);
    this.vector = vector;
    this.entries = (StructVector) vector.element();
    this.key = key;
    this.value = value;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '{') {
      return readNull(bytes, position, slot);
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    int entry = vector.open(slot);
    int i = skipBlanks(bytes, position + 1);
    if (bytes[i] == '}') {
      vector.close(entry);
      return i + 1;
    }
    while (true) {
      i = readEntry(bytes, i, entry);
      if (i < 0) {
        return REFUSED;
      }
      entry++;
      i = skipBlanks(bytes, i);
      if (bytes[i] != ',') {
        break;
      }
      i = skipBlanks(bytes, i + 1);
    }
    if (bytes[i] != '}') {
      return REFUSED;
    }
    vector.close(entry);
    return i + 1;
  }

  private int readEntry(byte[] bytes, int position, int entry) {
    if (bytes[position] != '"') {
      return REFUSED;
    }
    int child = entries.open(entry);
    int i = key.read(bytes, position, child);
    if (i < 0) {
      return REFUSED;
    }
    i = skipBlanks(bytes, i);
    return bytes[i] == ':' ? value.read(bytes, skipBlanks(bytes, i + 1), child) : REFUSED;
  }
}
