package io.millrace.ndjson;

import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.LongVector;
import io.millrace.vector.Vector;

/** Reads decimals of up to 18 digits without an exponent, as numbers or as strings. */
final class PlainDecimal extends PlainValue {
  private final Type.Decimal type;
  private final Vector vector;
  private final ByteArena arena;
  private final int fixedBytes;
  private final PlainNumber number = new PlainNumber();

  /**
   * @param vector of longs up to 18 digits, else of bytes
   */
  PlainDecimal(Type.Decimal type, Vector vector, ByteArena arena) {
    super(vector);
    this.type = type;
    this.vector = vector;
    this.arena = arena;
    this.fixedBytes = Decimals.fixedBytes(type);
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    boolean quoted = bytes[position] == '"';
    int end = number.read(bytes, quoted ? position + 1 : position);
    if (end < 0) {
      return readNull(bytes, position, slot);
    }
    if (quoted && bytes[end++] != '"') {
      return REFUSED;
    }
    long unscaled = unscaled();
    if (unscaled < 0 || isDecided(slot)) {
      return REFUSED;
    }
    append(slot, number.negative ? -unscaled : unscaled);
    return end;
  }

  /** The digits rescaled, negative when they are too many. */
  private long unscaled() {
    int shift = number.exponent + type.scale();
    if (number.digitCount > PlainNumber.MOST_DIGITS
        || number.exponent > 0
        || Math.abs(shift) > PlainNumber.MOST_DIGITS) {
      return REFUSED;
    }
    int mostDigits = Math.min(type.precision(), Type.Decimal.MAX_LONG_PRECISION);
    if (shift >= 0) {
      return number.digits == 0 || number.digitCount + shift <= mostDigits
          ? number.digits * Powers.ofTen(shift)
          : REFUSED;
    }
    long power = Powers.ofTen(-shift);
    long rounded = number.digits / power + (number.digits % power >= power / 2 ? 1 : 0);
    return rounded < Powers.ofTen(mostDigits) ? rounded : REFUSED;
  }

  private void append(int slot, long unscaled) {
    if (vector instanceof LongVector longs) {
      longs.append(slot, unscaled);
      return;
    }
    int end = arena.end();
    byte[] out = arena.reserve(fixedBytes);
    for (int i = 0; i < fixedBytes; i++) {
      int shift = Math.min(Byte.SIZE * (fixedBytes - 1 - i), Long.SIZE - 1);
      out[end + i] = (byte) (unscaled >> shift);
    }
    ((BinaryVector) vector).append(slot, arena.commit(fixedBytes), fixedBytes);
  }
}
