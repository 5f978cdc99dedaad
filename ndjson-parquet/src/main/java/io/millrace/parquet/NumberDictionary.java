package io.millrace.parquet;

import java.util.Arrays;

/**
 * The distinct ones of numbers of up to 64 bits, in the order of their first occurrence. Many are
 * looked up at a time, in passes, as in {@link BinaryDictionary}.
 */
final class NumberDictionary {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int FIRST_BITS = 10;

  private long[] values = new long[1 << (FIRST_BITS - 1)];
  private int size;

  /** One more than an index into the values, or 0; at most half are taken. */
  private int[] table = new int[1 << FIRST_BITS];

  private int shift = Long.SIZE - FIRST_BITS;

  int size() {
    return size;
  }

  long[] values() {
    return values;
  }

  /** Writes the index of each of {@code count} values to {@code target[at]} and so on. */
  void indices(long[] source, int from, int count, int[] target, int at) {
    for (int i = 0; i < count; i++) {
      target[at + i] = table[(int) ((source[from + i] * MULTIPLIER) >>> shift)] - 1;
    }
    for (int i = 0; i < count; i++) {
      long value = source[from + i];
      int index = target[at + i];
      if (index < 0 || values[index] != value) {
        target[at + i] = index(value);
      }
    }
  }

  private int index(long value) {
    int mask = table.length - 1;
    int place = (int) ((value * MULTIPLIER) >>> shift);
    while (true) {
      int index = table[place] - 1;
      if (index < 0) {
        return insert(value, place);
      }
      if (values[index] == value) {
        return index;
      }
      place = (place + 1) & mask;
    }
  }

  private int insert(long value, int place) {
    if (size == values.length) {
      grow();
      return index(value);
    }
    values[size++] = value;
    table[place] = size;
    return size - 1;
  }

  private void grow() {
    values = Arrays.copyOf(values, 2 * values.length);
    table = new int[2 * table.length];
    shift--;
    int mask = table.length - 1;
    for (int i = 0; i < size; i++) {
      int place = (int) ((values[i] * MULTIPLIER) >>> shift);
      while (table[place] != 0) {
        place = (place + 1) & mask;
      }
      table[place] = i + 1;
    }
  }

  long memoryBytes() {
    return (long) Long.BYTES * values.length + (long) Integer.BYTES * table.length;
  }

  /** Forgets all values, and the memory that they took. */
  void release() {
    size = 0;
    values = new long[1 << (FIRST_BITS - 1)];
    table = new int[1 << FIRST_BITS];
    shift = Long.SIZE - FIRST_BITS;
  }

  void clear() {
    if (size > 0) {
      size = 0;
      Arrays.fill(table, 0);
    }
  }
}
