package io.millrace.vector;

import java.util.Arrays;

/**
 * The bytes that a batch's texts lie in: a block of input, and behind it what had to be made anew,
 * such as texts without their escapes.
 */
public final class ByteArena {
  /** Readable bytes behind every value, so that eight can be loaded at once anywhere. */
  public static final int PADDING = 64;

  private byte[] bytes = new byte[PADDING];
  private int end;

  /**
   * Begins anew with a block.
   *
   * @param block its content up to {@code end} stays as it is, what lies behind is overwritten;
   *     owned by the arena until it is given another
   */
  public void reset(byte[] block, int end) {
    this.bytes = block;
    this.end = end;
  }

  /** All bytes; another array after {@link #reserve}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the next value made anew will begin. */
  public int end() {
    return end;
  }

  /**
   * Makes room for so many bytes behind the end, and {@link #PADDING}.
   *
   * @return the array to write them to, from {@link #end} on
   */
  public byte[] reserve(int count) {
    int needed = Math.addExact(Math.addExact(end, count), PADDING);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
    return bytes;
  }

  /** Keeps the first {@code count} of the reserved bytes; returns where they begin. */
  public int commit(int count) {
    int start = end;
    end += count;
    return start;
  }
}
