package io.millrace.vector;

import java.util.Arrays;

/**
 * Runs of bytes that lie in the batch's {@link ByteArena}: STRING as UTF-8, BINARY, and decimals of
 * more than 18 digits, unscaled, big-endian and of the type's fixed length.
 */
public final class BinaryVector extends Vector {
  private long[] slices = new long[FIRST_CAPACITY];

  /** Appends the bytes of the arena from {@code offset} on, at a slot that is not decided yet. */
  public void append(int slot, int offset, int length) {
    int index = next(slot);
    if (index == slices.length) {
      slices = Arrays.copyOf(slices, 2 * index);
    }
    slices[index] = (long) offset << Integer.SIZE | length;
  }

  /**
   * Where each value lies, see {@link #offset} and {@link #length(long)}; the first {@code count()}
   * mean something. To be read only.
   */
  public long[] slices() {
    return slices;
  }

  /** Where a slice begins in the arena. */
  public static int offset(long slice) {
    return (int) (slice >>> Integer.SIZE);
  }

  /** How many bytes a slice has. */
  public static int length(long slice) {
    return (int) slice;
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    if (n > slices.length) {
      slices = new long[Math.max(n, 2 * slices.length)];
    }
    long[] from = ((BinaryVector) source).slices;
    for (int i = 0; i < n; i++) {
      slices[i] = from[indices[i]];
    }
  }
}
