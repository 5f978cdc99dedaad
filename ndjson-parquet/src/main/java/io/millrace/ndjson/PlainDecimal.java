package io.millrace.ndjson;

import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.LongVector;
import io.millrace.vector.Vector;

/** Reads decimals written with up to 18 digits, as numbers or as strings. */
final class PlainDecimal extends PlainValue {
  private final Type.Decimal type;
  private final Vector vector;
  private final ByteArena arena;
  private final int fixedBytes;

  /** What up to 18 digits must be less than to fit. */
  private final long limit;

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
    this.limit = Powers.ofTen(Math.min(type.precision(), PlainNumber.MOST_DIGITS));
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
    if (number.digitCount > PlainNumber.MOST_DIGITS
        || number.exponent > 0
        || isDecided(slot)
        || !append(slot)) {
      return REFUSED;
    }
    return end;
  }

  /** Appends the digits rescaled, unless there are too many. */
  private boolean append(int slot) {
    long digits = number.negative ? -number.digits : number.digits;
    int shift = digits == 0 ? 0 : number.exponent + type.scale();
    if (shift < 0) {
      if (shift < -PlainNumber.MOST_DIGITS) {
        return false;
      }
      digits = rounded(digits, Powers.ofTen(-shift));
      if (Math.abs(digits) >= limit) {
        return false;
      }
      shift = 0;
    } else if (shift > PlainNumber.MOST_DIGITS || number.digitCount + shift > mostDigits(digits)) {
      return false;
    }
    long power = Powers.ofTen(shift);
    append(slot, Math.multiplyHigh(digits, power), digits * power);
    return true;
  }

  private int mostDigits(long digits) {
    return digits == 0 ? Integer.MAX_VALUE : type.precision();
  }

  /** Half up, as it is called, which is away from zero. */
  private static long rounded(long digits, long power) {
    long rest = Math.abs(digits % power);
    return digits / power + (rest >= power - rest ? Long.signum(digits) : 0);
  }

  private void append(int slot, long high, long low) {
    if (vector instanceof LongVector longs) {
      longs.append(slot, low);
      return;
    }
    int at = arena.end();
    byte[] out = arena.reserve(fixedBytes);
    for (int i = 0; i < fixedBytes; i++) {
      int shift = Byte.SIZE * (fixedBytes - 1 - i);
      out[at + i] = (byte) (shift < Long.SIZE ? low >> shift : high >> (shift - Long.SIZE));
    }
    ((BinaryVector) vector).append(slot, arena.commit(fixedBytes), fixedBytes);
  }
}
