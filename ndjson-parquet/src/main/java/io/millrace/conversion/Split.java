package io.millrace.conversion;

import static java.util.Objects.requireNonNull;

import io.millrace.input.Input;

/**
 * A part of an object, which owns the records that begin in it.
 *
 * @param start offset of its first byte
 * @param end offset behind its last byte
 * @param whole whether it is the object from end to end, which then may be compressed
 */
public record Split(Input input, long start, long end, boolean whole) {
  /** Behind the last byte of any object; a sum with an offset does not overflow. */
  private static final long FAR_END = 1L << 62;

  public Split {
    requireNonNull(input, "input");
    if (start < 0 || end < start || (whole && start != 0)) {
      throw new IllegalArgumentException("not a split: [" + start + ", " + end + ")");
    }
  }

  /** A whole object, compressed or not. */
  public static Split whole(Input input) {
    return new Split(input, 0, FAR_END, true);
  }

  /** A range of an object that is not compressed. */
  public static Split range(Input input, long start, long end) {
    return new Split(input, start, end, false);
  }
}
