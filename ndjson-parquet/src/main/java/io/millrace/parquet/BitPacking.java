package io.millrace.parquet;

/** Numbers of a fixed width in bits, one behind the other from the lowest bit on. */
final class BitPacking {
  private static final long LOW_BYTES = 0x00FF00FF00FF00FFL;
  private static final long LOW_SHORTS = 0x0000FFFF0000FFFFL;
  private static final long LOW_INT = 0xFFFFFFFFL;

  private BitPacking() {}

  /** How many bits numbers up to {@code max} need. */
  static int width(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  /**
   * Packs eight numbers that lie in a byte each.
   *
   * @param width 1 to 8
   * @return {@code width} bytes
   */
  static long packBytes(long group, int width) {
    long pairs = (group & LOW_BYTES) | (((group >>> 8) & LOW_BYTES) << width);
    long fours = (pairs & LOW_SHORTS) | (((pairs >>> 16) & LOW_SHORTS) << (2 * width));
    return (fours & LOW_INT) | ((fours >>> 32) << (4 * width));
  }

  /** Packs {@code values[from]} up to {@code to}, and zeros up to a multiple of eight numbers. */
  static void pack(int[] values, int from, int to, int width, Bytes out) {
    int groups = (to - from + 7) / 8;
    byte[] bytes = out.ensure(groups * width);
    int position = out.size();
    int end = position + groups * width;
    long buffer = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      buffer |= value << bits;
      bits += width;
      if (bits >= Long.SIZE) {
        Bytes.setLong(bytes, position, buffer);
        position += Long.BYTES;
        bits -= Long.SIZE;
        buffer = value >>> (width - bits);
      }
    }
    while (position < end) {
      Bytes.setLong(bytes, position, buffer);
      position += Long.BYTES;
      buffer = 0;
    }
    out.advanceTo(end);
  }

  /**
   * Packs {@code values[from]} up to {@code to}, and zeros up to {@code total} numbers.
   *
   * @param width 1 to 64; no number has more bits
   * @param total a multiple of eight
   */
  static void pack(long[] values, int from, int to, int total, int width, Bytes out) {
    int size = total / 8 * width;
    byte[] bytes = out.ensure(size);
    int position = out.size();
    int end = position + size;
    long buffer = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      buffer |= value << bits;
      bits += width;
      if (bits >= Long.SIZE) {
        Bytes.setLong(bytes, position, buffer);
        position += Long.BYTES;
        bits -= Long.SIZE;
        // A shift by 64 would be none.
        buffer = bits == 0 ? 0 : value >>> (width - bits);
      }
    }
    while (position < end) {
      Bytes.setLong(bytes, position, buffer);
      position += Long.BYTES;
      buffer = 0;
    }
    out.advanceTo(end);
  }
}
