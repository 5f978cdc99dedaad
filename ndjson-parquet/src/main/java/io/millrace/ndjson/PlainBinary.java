package io.millrace.ndjson;

import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import java.util.Arrays;

/** Reads bytes in base64, with all padding and without line breaks. */
final class PlainBinary extends PlainValue {
  private static final int NONE = -1;
  private static final int[] VALUES = new int[1 << Byte.SIZE];

  static {
    Arrays.fill(VALUES, NONE);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < digits.length(); i++) {
      VALUES[digits.charAt(i)] = i;
    }
  }

  private final BinaryVector vector;
  private final ByteArena arena;
  private final int maxBytes;

  PlainBinary(BinaryVector vector, ByteArena arena, int maxBytes) {
    super(vector);
    this.vector = vector;
    this.arena = arena;
    this.maxBytes = maxBytes;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '"') {
      return readNull(bytes, position, slot);
    }
    int from = position + 1;
    int end = Strings.end(bytes, from);
    if (end < 0 || ((end - from) & 3) != 0 || end - from > maxBytes || isDecided(slot)) {
      return REFUSED;
    }
    int padding = end == from || bytes[end - 1] != '=' ? 0 : bytes[end - 2] != '=' ? 1 : 2;
    int at = arena.end();
    byte[] out = arena.reserve((end - from) / 4 * 3);
    for (int i = from; i < end; i += 4) {
      int last = i + 4 == end ? padding : 0;
      int quad =
          (VALUES[bytes[i] & 0xFF] << 18)
              | (VALUES[bytes[i + 1] & 0xFF] << 12)
              | ((last == 2 ? 0 : VALUES[bytes[i + 2] & 0xFF]) << 6)
              | (last >= 1 ? 0 : VALUES[bytes[i + 3] & 0xFF]);
      if (quad < 0) {
        return REFUSED;
      }
      out[at] = (byte) (quad >> 16);
      out[at + 1] = (byte) (quad >> 8);
      out[at + 2] = (byte) quad;
      at += 3;
    }
    int length = (end - from) / 4 * 3 - padding;
    vector.append(slot, arena.commit(length), length);
    return end + 1;
  }
}
