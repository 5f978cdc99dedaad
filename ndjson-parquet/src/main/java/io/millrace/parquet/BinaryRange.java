package io.millrace.parquet;

import java.util.Arrays;
import java.util.Optional;

/**
 * Values of bytes. Of long ones only a prefix is kept, and values that agree in it count as equal:
 * whatever is derived from the bounds is derived from prefixes.
 */
final class BinaryRange extends Range {
  /** Bytes of a bound that are kept. */
  static final int KEPT = 1024;

  /** How values are ordered and bounds shortened. */
  enum Kind {
    /** UTF-8; by bytes without sign, which is by code points. */
    TEXT,
    /** By bytes without sign. */
    BYTES,
    /** Numbers in two's complement of equal length, big-endian; never shortened. */
    NUMBER
  }

  private final Kind kind;

  /** Turns the first eight bytes, big-endian, into a number that is ordered without sign. */
  private final long signFlip;

  private boolean any;
  private final Bound min = new Bound();
  private final Bound max = new Bound();

  BinaryRange(Kind kind) {
    this.kind = kind;
    this.signFlip = kind == Kind.NUMBER ? Long.MIN_VALUE : 0;
  }

  /**
   * Takes in a value.
   *
   * @param bytes readable for eight bytes behind the value
   */
  void add(byte[] bytes, int offset, int length) {
    long key = key(bytes, offset, length);
    if (!any) {
      any = true;
      min.set(bytes, offset, length, key);
      max.set(bytes, offset, length, key);
      return;
    }
    int toMin = Long.compareUnsigned(key, min.key);
    if (toMin < 0 || (toMin == 0 && compareTails(bytes, offset, length, min) < 0)) {
      min.set(bytes, offset, length, key);
    }
    int toMax = Long.compareUnsigned(key, max.key);
    if (toMax == 0) {
      toMax = compareTails(bytes, offset, length, max);
    }
    if (toMax > 0) {
      max.set(bytes, offset, length, key);
    } else if (toMax == 0) {
      max.isCut |= length > KEPT; // the greater of two that agree in what is kept
    }
  }

  private long key(byte[] bytes, int offset, int length) {
    long word = Bytes.getLongBigEndian(bytes, offset);
    if (length < Long.BYTES) {
      word = length == 0 ? 0 : word & (-1L << (Long.SIZE - 8 * length));
    }
    return word ^ signFlip;
  }

  /** Compares values whose keys are equal. */
  private static int compareTails(byte[] bytes, int offset, int length, Bound bound) {
    int kept = Math.min(length, KEPT);
    return Arrays.compareUnsigned(bytes, offset, offset + kept, bound.bytes, 0, bound.length);
  }

  boolean isEmpty() {
    return !any;
  }

  /** The first {@link #KEPT} bytes of the least value. */
  byte[] minPrefix() {
    return min.copy();
  }

  /** The first {@link #KEPT} bytes of the greatest value. */
  byte[] maxPrefix() {
    return max.copy();
  }

  @Override
  boolean isKnown() {
    return any && max(KEPT, true).isPresent();
  }

  @Override
  byte[] min(int limit) {
    byte[] bytes = min.copy();
    if (kind == Kind.NUMBER || (bytes.length <= limit && !min.isCut)) {
      return bytes;
    }
    int end = Math.min(limit, bytes.length);
    return Arrays.copyOf(bytes, kind == Kind.TEXT ? Utf8.boundary(bytes, end) : end);
  }

  @Override
  byte[] max(int limit) {
    return max(limit, false).or(() -> max(KEPT, true)).orElseThrow();
  }

  /** An upper bound within the limit, if there is one. */
  private Optional<byte[]> max(int limit, boolean whole) {
    byte[] bytes = max.copy();
    if (kind == Kind.NUMBER || (!max.isCut && (whole || bytes.length <= limit))) {
      return Optional.of(bytes);
    }
    int end = Math.min(limit, bytes.length);
    return kind == Kind.TEXT ? Utf8.successor(bytes, end) : successor(bytes, end);
  }

  /** The least value that is greater than all that begin with the first {@code end} bytes. */
  private static Optional<byte[]> successor(byte[] bytes, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (bytes[i] != -1) {
        byte[] successor = Arrays.copyOf(bytes, i + 1);
        successor[i]++;
        return Optional.of(successor);
      }
    }
    return Optional.empty();
  }

  @Override
  int compareMin(Range other) {
    return compare(min, ((BinaryRange) other).min);
  }

  @Override
  int compareMax(Range other) {
    return compare(max, ((BinaryRange) other).max);
  }

  private static int compare(Bound left, Bound right) {
    int byKey = Long.compareUnsigned(left.key, right.key);
    return byKey != 0
        ? byKey
        : Arrays.compareUnsigned(left.bytes, 0, left.length, right.bytes, 0, right.length);
  }

  @Override
  void add(Range other) {
    BinaryRange range = (BinaryRange) other;
    if (!range.any) {
      return;
    }
    if (!any || compare(range.min, min) < 0) {
      min.set(range.min);
    }
    int toMax = any ? compare(range.max, max) : 1;
    if (toMax > 0) {
      max.set(range.max);
    } else if (toMax == 0) {
      max.isCut |= range.max.isCut;
    }
    any = true;
  }

  @Override
  void clear() {
    any = false;
  }

  @Override
  Range fresh() {
    return new BinaryRange(kind);
  }

  /** The beginning of a value. */
  private static final class Bound {
    private byte[] bytes = new byte[64];
    private int length;
    private long key;

    /** Whether the value goes on behind the bytes that are kept. */
    private boolean isCut;

    void set(byte[] source, int offset, int sourceLength, long sourceKey) {
      length = Math.min(sourceLength, KEPT);
      isCut = sourceLength > KEPT;
      key = sourceKey;
      if (length > bytes.length) {
        bytes = new byte[KEPT];
      }
      System.arraycopy(source, offset, bytes, 0, length);
    }

    void set(Bound other) {
      set(other.bytes, 0, other.length, other.key);
      isCut = other.isCut;
    }

    byte[] copy() {
      return Arrays.copyOf(bytes, length);
    }
  }
}
