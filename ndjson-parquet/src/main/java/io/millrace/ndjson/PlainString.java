package io.millrace.ndjson;

import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;

/** Reads texts; those without escapes stay where they are. */
final class PlainString extends PlainValue {
  private static final int MOST_DIGITS = 18;

  private final BinaryVector vector;
  private final Unescaper unescaper;
  private final int maxBytes;

  /**
   * @param maxBytes longer texts are refused
   */
  PlainString(BinaryVector vector, ByteArena arena, int maxBytes) {
    super(vector);
    this.vector = vector;
    this.unescaper = new Unescaper(arena);
    this.maxBytes = maxBytes;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '"') {
      return readOther(bytes, position, slot);
    }
    int from = position + 1;
    int end = Strings.end(bytes, from);
    if (end < 0) {
      return readEscaped(bytes, from, end, slot);
    }
    if (end - from > maxBytes || isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, from, end - from);
    return end + 1;
  }

  private int readEscaped(byte[] bytes, int from, int scanned, int slot) {
    if (scanned == Strings.INVALID) {
      return REFUSED;
    }
    int end = unescaper.unescape(bytes, from, ~scanned);
    if (end == Strings.INVALID || end - from > maxBytes || isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, unescaper.offset(), unescaper.length());
    return end + 1;
  }

  /** Any value has a text; that of an integer, true or false is what is written. */
  private int readOther(byte[] bytes, int position, int slot) {
    int end = position;
    if (Literals.isTrue(bytes, position)) {
      end += 4;
    } else if (Literals.isFalse(bytes, position)) {
      end += 5;
    } else {
      end = Integers.end(bytes, position, MOST_DIGITS);
      if (end == REFUSED) {
        return readNull(bytes, position, slot);
      }
      if (bytes[position] == '-' && bytes[position + 1] == '0') {
        return REFUSED;
      }
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, position, end - position);
    return end;
  }
}
