package io.millrace.ndjson;

import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of one struct by their names, and remembers some that the schema lacks.
 *
 * <p>A remembered key is recognised like any other, so that skipping a field does not cost more
 * than its bytes. How many there may be is limited, as records may have any number of them.
 */
final class KeyTable {
  static final int MOST_REMEMBERED = 256;
  static final int MOST_REMEMBERED_BYTES = 128;
  private static final int FIRST_CAPACITY = 16;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private @Nullable Key[] table = new Key[FIRST_CAPACITY];
  private int count;
  private int remembered;

  void add(Key key) {
    count++;
    if (2 * count > table.length) {
      @Nullable Key[] smaller = table;
      table = new Key[2 * smaller.length];
      for (Key moved : smaller) {
        if (moved != null) {
          insert(moved);
        }
      }
    }
    insert(key);
  }

  /** The key named in [{@code from}, {@code to}), or null when it is not known. */
  @Nullable Key find(byte[] bytes, int from, int to) {
    int i = hash(bytes, from, to);
    while (true) {
      i &= table.length - 1;
      Key key = table[i];
      if (key == null || key.isNamed(bytes, from, to)) {
        return key;
      }
      i++;
    }
  }

  /** Remembers a key that is not known, if there is room. */
  @Nullable Key remember(byte[] bytes, int from, int to) {
    if (remembered == MOST_REMEMBERED || to - from > MOST_REMEMBERED_BYTES) {
      return null;
    }
    remembered++;
    Key key = Key.skipped(bytes, from, to);
    add(key);
    return key;
  }

  private void insert(Key key) {
    int i = key.hash() & (table.length - 1);
    while (table[i] != null) {
      i = (i + 1) & (table.length - 1);
    }
    table[i] = key;
  }

  /** Of a name, behind which eight bytes more must be readable. */
  static int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = (hash ^ Words.eight(bytes, i)) * MIX;
      hash ^= hash >>> 32;
    }
    if (i < to) {
      long rest = Words.eight(bytes, i) & ((1L << (Byte.SIZE * (to - i))) - 1);
      hash = (hash ^ rest) * MIX;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }
}
