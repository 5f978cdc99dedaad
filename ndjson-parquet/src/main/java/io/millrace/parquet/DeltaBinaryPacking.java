package io.millrace.parquet;

/**
 * DELTA_BINARY_PACKED: the differences of neighbours, less the smallest of their block, in as few
 * bits as the largest of their miniblock needs.
 */
final class DeltaBinaryPacking {
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

  private final long[] deltas = new long[BLOCK];

  /** Writes the first {@code count} values, which fit into 32 bits if {@code narrow}. */
  void encode(long[] values, int count, boolean narrow, Bytes out) {
    header(count, count == 0 ? 0 : values[0], out);
    for (int start = 1; start < count; start += BLOCK) {
      int length = Math.min(BLOCK, count - start);
      if (narrow) {
        for (int i = 0; i < length; i++) {
          deltas[i] = (int) (values[start + i] - values[start + i - 1]);
        }
      } else {
        for (int i = 0; i < length; i++) {
          deltas[i] = values[start + i] - values[start + i - 1];
        }
      }
      block(length, narrow, out);
    }
  }

  /** The same for values that lie in an {@code int} each. */
  void encode(int[] values, int count, Bytes out) {
    header(count, count == 0 ? 0 : values[0], out);
    for (int start = 1; start < count; start += BLOCK) {
      int length = Math.min(BLOCK, count - start);
      for (int i = 0; i < length; i++) {
        deltas[i] = (int) ((long) values[start + i] - values[start + i - 1]);
      }
      block(length, true, out);
    }
  }

  private static void header(int count, long first, Bytes out) {
    out.writeVarInt(BLOCK);
    out.writeVarInt(MINIBLOCKS);
    out.writeVarInt(count);
    out.writeZigZag(first);
  }

  private void block(int length, boolean narrow, Bytes out) {
    long least = deltas[0];
    for (int i = 1; i < length; i++) {
      least = Math.min(least, deltas[i]);
    }
    out.writeZigZag(least);
    out.ensure(MINIBLOCKS);
    int widths = out.size();
    out.advanceTo(widths + MINIBLOCKS);
    // Readers of 32 bits add with overflow, so that no difference needs more bits than that.
    long mask = narrow ? 0xFFFFFFFFL : -1L;
    for (int miniblock = 0; miniblock < MINIBLOCKS; miniblock++) {
      int from = miniblock * MINIBLOCK;
      int to = Math.min(from + MINIBLOCK, length);
      long union = 0;
      for (int i = from; i < to; i++) {
        deltas[i] = (deltas[i] - least) & mask;
        union |= deltas[i];
      }
      int width = Long.SIZE - Long.numberOfLeadingZeros(union);
      out.array()[widths + miniblock] = (byte) width;
      if (width > 0) {
        BitPacking.pack(deltas, from, to, MINIBLOCK, width, out);
      }
    }
  }
}
