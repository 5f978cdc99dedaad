package io.millrace.ledger;

import java.util.Arrays;

/**
 * A hash table whose rows are a few longs each, in one array: the first two are the row's
 * fingerprint, the last is never zero. Open addressing, linear probing; it grows by a fifth, so
 * that it is never much larger than its rows. Not safe for several threads.
 */
final class LongTable {
  /** Above this share of taken rows, the table grows. */
  static final int MAX_LOAD_PERCENT = 85;

  private static final int FIRST_CAPACITY = 4;
  private static final long[] NOTHING = {};

  private final int width;
  private long[] words = NOTHING;
  private int capacity;
  private int size;

  /** Sees one row: {@code width} words from {@code offset}; must not change them. */
  interface RowVisitor {
    void row(long[] words, int offset);
  }

  /** Decides about one row. */
  interface RowPredicate {
    boolean test(long[] words, int offset);
  }

  LongTable(int width) {
    this.width = width;
  }

  int size() {
    return size;
  }

  /** Where the row begins in {@link #words}, or -1. */
  int find(long high, long low) {
    if (size == 0) {
      return -1;
    }
    int offset = slot(high, low);
    return words[offset + width - 1] == 0 ? -1 : offset;
  }

  long word(int offset, int index) {
    return words[offset + index];
  }

  /** Puts the row in the place of the one with its fingerprint, or adds it. */
  void put(long[] row, int from) {
    if (row[from + width - 1] == 0) {
      throw new IllegalArgumentException("the last word of a row can't be zero");
    }
    if (capacity == 0) {
      resize(FIRST_CAPACITY);
    }
    int offset = slot(row[from], row[from + 1]);
    if (words[offset + width - 1] == 0) {
      if ((size + 1L) * 100 > (long) capacity * MAX_LOAD_PERCENT) {
        resize(capacity + capacity / 5 + 4);
        offset = slot(row[from], row[from + 1]);
      }
      size++;
    }
    System.arraycopy(row, from, words, offset, width);
  }

  /** Makes room for so many rows in all. */
  void reserve(int rows) {
    int needed = Math.toIntExact((long) rows * 100 / MAX_LOAD_PERCENT + 1);
    if (needed > capacity) {
      resize(needed);
    }
  }

  void forEach(RowVisitor visitor) {
    for (int offset = 0; offset < words.length; offset += width) {
      if (words[offset + width - 1] != 0) {
        visitor.row(words, offset);
      }
    }
  }

  /** Removes rows, and gives back the room that they took. */
  int removeIf(RowPredicate leaves) {
    int gone = 0;
    for (int offset = 0; offset < words.length; offset += width) {
      if (words[offset + width - 1] != 0 && leaves.test(words, offset)) {
        words[offset + width - 1] = 0;
        gone++;
      }
    }
    if (gone > 0) {
      size -= gone;
      resize(size == 0 ? 0 : Math.toIntExact((long) size * 100 / MAX_LOAD_PERCENT + 1));
    }
    return gone;
  }

  private int slot(long high, long low) {
    int index = (int) (((low >>> 32) * capacity) >>> 32);
    while (true) {
      int offset = index * width;
      if (words[offset + width - 1] == 0 || (words[offset] == high && words[offset + 1] == low)) {
        return offset;
      }
      index = index + 1 == capacity ? 0 : index + 1;
    }
  }

  private void resize(int rows) {
    long[] old = words;
    words = rows == 0 ? NOTHING : new long[Math.multiplyExact(rows, width)];
    capacity = rows;
    for (int offset = 0; offset < old.length; offset += width) {
      if (old[offset + width - 1] != 0) {
        System.arraycopy(old, offset, words, slot(old[offset], old[offset + 1]), width);
      }
    }
  }

  /** All rows, ascending by fingerprint as unsigned numbers. */
  long[] sorted(RowPredicate wanted) {
    long[][] rows = new long[size][];
    int count = 0;
    for (int offset = 0; offset < words.length; offset += width) {
      if (words[offset + width - 1] != 0 && wanted.test(words, offset)) {
        rows[count++] = Arrays.copyOfRange(words, offset, offset + width);
      }
    }
    Arrays.sort(
        rows, 0, count, (left, right) -> Fingerprint.compare(left[0], left[1], right[0], right[1]));
    long[] sorted = new long[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows[i], 0, sorted, i * width, width);
    }
    return sorted;
  }
}
