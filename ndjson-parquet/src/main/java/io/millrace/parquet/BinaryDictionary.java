package io.millrace.parquet;

import java.util.Arrays;

/** The distinct ones of values of bytes, in the order of their first occurrence. */
final class BinaryDictionary {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int FIRST_BITS = 10;
  private static final int PADDING = 8;

  private final Bytes bytes = new Bytes();

  /** Where each value lies: its start in the upper half, its length in the lower. */
  private long[] slices = new long[1 << (FIRST_BITS - 1)];

  private int size;

  /** The upper half of a hash, and one more than an index; 0 where free, at most half are taken. */
  private long[] table = new long[1 << FIRST_BITS];

  int size() {
    return size;
  }

  /** All values, one behind the other; readable for eight bytes more. */
  byte[] bytes() {
    return bytes.array();
  }

  int totalLength() {
    return bytes.size();
  }

  int start(int index) {
    return (int) (slices[index] >>> Integer.SIZE);
  }

  int length(int index) {
    return (int) slices[index];
  }

  /**
   * The index of a value, which is added if it is new.
   *
   * @param source readable for eight bytes behind the value
   */
  int index(byte[] source, int offset, int length) {
    long hash = hash(source, offset, length);
    int mask = table.length - 1;
    int place = (int) (hash >>> Integer.SIZE) & mask;
    while (true) {
      long entry = table[place];
      if (entry == 0) {
        return insert(source, offset, length, hash, place);
      }
      if ((entry ^ hash) >>> Integer.SIZE == 0) {
        int index = (int) entry - 1;
        if (equals(index, source, offset, length)) {
          return index;
        }
      }
      place = (place + 1) & mask;
    }
  }

  /** Whether the dictionary's value is the given one. */
  boolean equals(int index, byte[] source, int offset, int length) {
    long slice = slices[index];
    if ((int) slice != length) {
      return false;
    }
    int start = (int) (slice >>> Integer.SIZE);
    byte[] own = bytes.array();
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      if (Bytes.getLong(own, start + i) != Bytes.getLong(source, offset + i)) {
        return false;
      }
    }
    int rest = length - i;
    return rest == 0
        || (Bytes.getLong(own, start + i) ^ Bytes.getLong(source, offset + i))
                << (Long.SIZE - 8 * rest)
            == 0;
  }

  private static long hash(byte[] source, int offset, int length) {
    long hash = length * MULTIPLIER;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      hash = (hash ^ Bytes.getLong(source, offset + i)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    int rest = length - i;
    if (rest > 0) {
      hash = (hash ^ (Bytes.getLong(source, offset + i) << (Long.SIZE - 8 * rest))) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return hash * MULTIPLIER;
  }

  private int insert(byte[] source, int offset, int length, long hash, int place) {
    if (size == slices.length) {
      grow();
      return index(source, offset, length);
    }
    bytes.ensure(length + PADDING);
    slices[size++] = ((long) bytes.size() << Integer.SIZE) | length;
    bytes.writePadded(source, offset, length);
    table[place] = (hash & 0xFFFFFFFF00000000L) | size;
    return size - 1;
  }

  private void grow() {
    slices = Arrays.copyOf(slices, 2 * slices.length);
    long[] old = table;
    table = new long[2 * old.length];
    int mask = table.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int place = (int) (entry >>> Integer.SIZE) & mask;
        while (table[place] != 0) {
          place = (place + 1) & mask;
        }
        table[place] = entry;
      }
    }
  }

  void clear() {
    if (size > 0) {
      size = 0;
      bytes.clear();
      Arrays.fill(table, 0);
    }
  }
}
