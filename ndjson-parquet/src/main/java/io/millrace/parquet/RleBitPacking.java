package io.millrace.parquet;

/**
 * Parquet's hybrid of runs and bit-packed groups, for arrays of small numbers: the indices of a
 * dictionary.
 */
final class RleBitPacking {
  /** The shortest run that is written as one. */
  private static final int RUN = 8;

  private static final int MAX_LITERAL_GROUPS = 1 << 16;

  private RleBitPacking() {}

  /** Writes the first {@code count} values, each of at most {@code width} bits, 0 to 32. */
  static void encode(int[] values, int count, int width, Bytes out) {
    if (width == 0) {
      if (count > 0) {
        out.writeVarInt((long) count << 1);
      }
      return;
    }
    int position = 0;
    while (position < count) {
      int run = run(values, position, count);
      if (run >= RUN) {
        writeRun(values[position], run, width, out);
        position += run;
      } else {
        int end = literalEnd(values, position, count);
        int groups = (end - position + 7) / 8;
        out.writeVarInt(((long) groups << 1) | 1);
        BitPacking.pack(values, position, end, width, out);
        position = end;
      }
    }
  }

  /** Where the next run begins that lies a multiple of eight behind {@code start}. */
  private static int literalEnd(int[] values, int start, int count) {
    int limit = (int) Math.min(count, start + 8L * MAX_LITERAL_GROUPS);
    int end = start + 8;
    while (end < limit && run(values, end, Math.min(limit, end + RUN)) < RUN) {
      end += 8;
    }
    return Math.min(end, limit);
  }

  private static int run(int[] values, int start, int count) {
    int value = values[start];
    int end = start + 1;
    while (end < count && values[end] == value) {
      end++;
    }
    return end - start;
  }

  static void writeRun(int value, int count, int width, Bytes out) {
    out.writeVarInt((long) count << 1);
    for (int bits = 0; bits < width; bits += 8) {
      out.write(value >>> bits);
    }
  }
}
