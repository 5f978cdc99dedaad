package io.millrace.parquet;

import io.millrace.vector.BinaryVector;
import java.util.Arrays;

/**
 * The distinct ones of values of bytes, in the order of their first occurrence.
 *
 * <p>A large one does not fit in the processor's caches, so that looking a value up is three reads
 * of memory, each at a place that the one before tells. Values are looked up many at a time, in a
 * pass for each of the reads: those of a pass do not wait for each other.
 */
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

  private long[] hashes = new long[0];

  /** Where the values lie that are probably those looked for; -1 for none. */
  private long[] candidates = new long[0];

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
   * Finds the index of each value, which is added if it is new.
   *
   * @param source where the values lie; readable for eight bytes behind each
   * @param values their offsets and lengths, see {@link BinaryVector#slices}
   * @param target gets the indices, from {@code at} on
   */
  void indices(byte[] source, long[] values, int count, int[] target, int at) {
    if (hashes.length < count) {
      hashes = new long[Math.max(count, 2 * hashes.length)];
      candidates = new long[hashes.length];
    }
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      long hash = hash(source, BinaryVector.offset(values[i]), BinaryVector.length(values[i]));
      long entry = table[(int) (hash >>> Integer.SIZE) & mask];
      hashes[i] = hash;
      target[at + i] = (entry ^ hash) >>> Integer.SIZE == 0 ? (int) entry - 1 : -1;
    }
    for (int i = 0; i < count; i++) {
      int index = target[at + i];
      candidates[i] = index < 0 ? -1 : slices[index];
    }
    for (int i = 0; i < count; i++) {
      int offset = BinaryVector.offset(values[i]);
      int length = BinaryVector.length(values[i]);
      if (!equals(candidates[i], source, offset, length)) {
        target[at + i] = index(source, offset, length, hashes[i]);
      }
    }
  }

  private int index(byte[] source, int offset, int length, long hash) {
    int mask = table.length - 1;
    int place = (int) (hash >>> Integer.SIZE) & mask;
    while (true) {
      long entry = table[place];
      if (entry == 0) {
        return insert(source, offset, length, hash, place);
      }
      if ((entry ^ hash) >>> Integer.SIZE == 0) {
        int index = (int) entry - 1;
        if (equals(slices[index], source, offset, length)) {
          return index;
        }
      }
      place = (place + 1) & mask;
    }
  }

  /** Whether the value at a place of the dictionary's bytes is the given one. */
  private boolean equals(long slice, byte[] source, int offset, int length) {
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
      return index(source, offset, length, hash);
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

  long memoryBytes() {
    return bytes.capacity()
        + (long) Long.BYTES * (slices.length + table.length + hashes.length + candidates.length);
  }

  /** Forgets all values, and the memory that they took. */
  void release() {
    size = 0;
    bytes.release();
    slices = new long[1 << (FIRST_BITS - 1)];
    table = new long[1 << FIRST_BITS];
    hashes = new long[0];
    candidates = new long[0];
  }

  void clear() {
    if (size > 0) {
      size = 0;
      bytes.clear();
      Arrays.fill(table, 0);
    }
  }
}
