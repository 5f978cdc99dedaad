package io.millrace.vector;

import java.util.Arrays;

/** Which of a vector's slots hold a value; the kinds of vector hold the values themselves. */
public abstract sealed class Vector
    permits BinaryVector,
        BooleanVector,
        DoubleVector,
        FloatVector,
        IntVector,
        ListVector,
        LongVector,
        StructVector {
  static final int FIRST_CAPACITY = 1024;

  private int slots;
  private int count;

  /** One bit a slot, set where it has a value; out of date while every slot has one. */
  private long[] present = new long[FIRST_CAPACITY / Long.SIZE];

  /** Which values of another vector {@link #gather} takes. */
  private int[] picked = {};

  Vector() {}

  /** How many slots are decided. */
  public final int slots() {
    return slots;
  }

  /** How many of them have a value. */
  public final int count() {
    return count;
  }

  /** Whether the slot, a decided one, has a value. */
  public final boolean isPresent(int slot) {
    return count == slots || (present[slot >>> 6] & 1L << slot) != 0;
  }

  /**
   * One bit a slot, from the lowest of the first word on, set where the slot has a value. To be
   * read only, and only while {@code count() < slots()}: otherwise every slot has one. Bits behind
   * the last slot are undefined.
   */
  public final long[] presence() {
    return present;
  }

  /** Decides slots up to {@code end} as null; nothing where they are decided. */
  public final void fill(int end) {
    if (end > slots) {
      fillWithNulls(end);
    }
  }

  /** Forgets the slots from {@code end} on, and their values; nothing where there are none. */
  public final void truncate(int end) {
    if (end >= slots) {
      return;
    }
    count = count == slots ? end : count - countBetween(end, slots);
    slots = end;
    truncateValues(count);
  }

  /** Forgets everything but keeps its memory. */
  public final void clear() {
    slots = 0;
    count = 0;
    truncateValues(0);
  }

  /**
   * Takes over some slots of a vector of the same type, in place of all of its own.
   *
   * @param wanted ascending numbers of decided slots; the first {@code n} mean something
   */
  final void gather(Vector source, int[] wanted, int n) {
    clear();
    if (picked.length < n) {
      picked = new int[Math.max(n, 2 * picked.length)];
    }
    if (source.count == source.slots) {
      System.arraycopy(wanted, 0, picked, 0, n);
      count = n;
    } else {
      count = pickPresent(source.present, wanted, n);
    }
    slots = n;
    gatherValues(source, picked, count);
  }

  private int pickPresent(long[] source, int[] wanted, int n) {
    ensureBits(n);
    Arrays.fill(present, 0, (n + Long.SIZE - 1) >>> 6, 0);
    int values = 0;
    int word = 0;
    int before = 0;
    for (int i = 0; i < n; i++) {
      int slot = wanted[i];
      while (word < slot >>> 6) {
        before += Long.bitCount(source[word++]);
      }
      long bit = 1L << slot;
      if ((source[word] & bit) != 0) {
        present[i >>> 6] |= 1L << i;
        picked[values++] = before + Long.bitCount(source[word] & bit - 1);
      }
    }
    return values;
  }

  /** Takes over the values, or children, with the given indices. */
  abstract void gatherValues(Vector source, int[] indices, int n);

  /** Decides what children have not decided yet, once a batch has all its records. */
  void finish() {}

  /** Forgets the values, or children, behind the first {@code count}. */
  void truncateValues(int count) {}

  /**
   * Decides the slot as present.
   *
   * @param slot not decided yet
   * @return the index of its value
   */
  final int next(int slot) {
    int index = count;
    if (slot == slots && index == slot) {
      slots = slot + 1;
    } else {
      nextAmongNulls(slot);
    }
    count = index + 1;
    return index;
  }

  private void nextAmongNulls(int slot) {
    if (slot < slots) {
      throw new IllegalArgumentException(
          "slot %d is decided, as all before %d".formatted(slot, slots));
    }
    fill(slot);
    ensureBits(slot + 1);
    present[slot >>> 6] |= 1L << slot;
    slots = slot + 1;
  }

  private void fillWithNulls(int end) {
    ensureBits(end);
    if (count == slots) {
      setBits(0, slots);
    }
    clearBits(slots, end);
    slots = end;
  }

  private void ensureBits(int bits) {
    int words = (bits + Long.SIZE - 1) >>> 6;
    if (words > present.length) {
      present = Arrays.copyOf(present, Math.max(words, 2 * present.length));
    }
  }

  private void setBits(int from, int to) {
    int word = from >>> 6;
    for (int begin = from; begin < to; begin = ++word << 6) {
      present[word] |= mask(begin, to);
    }
  }

  private void clearBits(int from, int to) {
    int word = from >>> 6;
    for (int begin = from; begin < to; begin = ++word << 6) {
      present[word] &= ~mask(begin, to);
    }
  }

  /** The bits from {@code begin} to the end of its word, but below {@code to}. */
  private static long mask(int begin, int to) {
    long bits = -1L << begin;
    int wordEnd = (begin | 63) + 1;
    return to < wordEnd ? bits & ~(-1L << to) : bits;
  }

  /** In proportion to what is between: fields may come again by the million. */
  private int countBetween(int from, int to) {
    int sum = 0;
    int word = from >>> 6;
    for (int begin = from; begin < to; begin = ++word << 6) {
      sum += Long.bitCount(present[word] & mask(begin, to));
    }
    return sum;
  }
}
