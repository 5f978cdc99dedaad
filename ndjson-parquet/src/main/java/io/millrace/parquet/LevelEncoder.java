package io.millrace.parquet;

/** Definition or repetition levels of a page, as runs and bit-packed groups, while they come. */
final class LevelEncoder {
  private static final long ONES = 0x0101010101010101L;
  private static final long BIT_OF_EACH_BYTE = 0x8040201008040201L;
  private static final long SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;

  /** As many as a header of one byte can tell. */
  private static final int MAX_LITERAL_GROUPS = 63;

  private final int width;

  /** The shortest run that is smaller than the same levels packed, headers counted. */
  private final int leastRun;

  private final Bytes out = new Bytes();

  /** Levels of a group that is not full, one in a byte, from the lowest on. */
  private long pending;

  private int pendingCount;
  private int runLevel;
  private int runCount;

  /** Where the header of the open literal run lies; -1 if none is open. */
  private int literalHeader = -1;

  private int literalGroups;
  private byte[] scratch = new byte[0];

  LevelEncoder(int maxLevel) {
    this.width = BitPacking.width(maxLevel);
    this.leastRun = width == 0 ? 1 : Math.max(8, (24 / width + 7) / 8 * 8);
  }

  /** Appends {@code count} times the same level. */
  void run(int level, int count) {
    if (level == runLevel) {
      runCount += count;
    } else if (count > 0) {
      closeRun();
      runLevel = level;
      runCount = count;
    }
  }

  /** Appends the first {@code count} levels; reads up to seven bytes too many. */
  void levels(byte[] levels, int count) {
    int i = 0;
    for (; i + 8 <= count; i += 8) {
      group(Bytes.getLong(levels, i));
    }
    for (; i < count; i++) {
      run(levels[i], 1);
    }
  }

  /** Appends {@code base}, or {@code base + 1} where a bit is set. */
  void bits(long[] bits, int count, int base) {
    int i = 0;
    for (; i + Long.SIZE <= count; i += Long.SIZE) {
      long word = bits[i >>> 6];
      if (word == 0 || word == -1) {
        run(base - (int) word, Long.SIZE);
      } else {
        for (int j = 0; j < Long.SIZE; j += 8) {
          group(spread((int) (word >>> j) & 0xFF) + base * ONES);
        }
      }
    }
    for (; i < count; i++) {
      run(base + (int) (bits[i >>> 6] >>> i & 1), 1);
    }
  }

  /** Each of eight bits in a byte of its own. */
  static long spread(int bits) {
    return ((((bits * ONES) & BIT_OF_EACH_BYTE) + SEVEN_BITS) >>> 7) & ONES;
  }

  private void group(long group) {
    if (group == runLevel * ONES) {
      runCount += 8;
      return;
    }
    closeRun();
    long first = group & 0xFF;
    if (group == first * ONES) {
      runLevel = (int) first;
      runCount = 8;
    } else {
      literal(group);
    }
  }

  private void closeRun() {
    int toFill = -pendingCount & 7;
    if (runCount - toFill >= leastRun) {
      push(runLevel, toFill);
      literalHeader = -1;
      RleBitPacking.writeRun(runLevel, runCount - toFill, width, out);
    } else {
      push(runLevel, runCount);
    }
    runCount = 0;
  }

  private void push(int level, int count) {
    int rest = count;
    for (; rest >= 8; rest -= 8) {
      literal(level * ONES);
    }
    for (; rest > 0; rest--) {
      pending |= (long) level << (8 * pendingCount);
      if (++pendingCount == 8) {
        long group = pending;
        pending = 0;
        pendingCount = 0;
        literal(group);
      }
    }
  }

  private void literal(long group) {
    int shift = 8 * pendingCount;
    long full = pending | (group << shift);
    pending = shift == 0 ? 0 : group >>> (Long.SIZE - shift);
    byte[] array = out.ensure(1 + width);
    if (literalHeader < 0 || literalGroups == MAX_LITERAL_GROUPS) {
      literalHeader = out.size();
      literalGroups = 0;
      out.advanceTo(literalHeader + 1);
    }
    literalGroups++;
    array[literalHeader] = (byte) ((literalGroups << 1) | 1);
    Bytes.setLong(array, out.size(), BitPacking.packBytes(full, width));
    out.advanceTo(out.size() + width);
  }

  /** Room for so many levels, and seven bytes more, until the next call. */
  byte[] scratch(int count) {
    if (scratch.length < count + 8) {
      scratch = new byte[Math.max(count + 8, 2 * scratch.length)];
    }
    return scratch;
  }

  /** Ends the page: returns its levels, which {@link #clear} forgets. */
  Bytes finish() {
    closeRun();
    if (pendingCount > 0) {
      // The group's missing levels are never read.
      push(0, 8 - pendingCount);
    }
    return out;
  }

  /** Roughly how many bytes the levels will take. */
  int size() {
    return out.size();
  }

  long memoryBytes() {
    return (long) out.capacity() + scratch.length;
  }

  void clear() {
    out.clear();
    literalHeader = -1;
    pending = 0;
    pendingCount = 0;
    runCount = 0;
    runLevel = 0;
  }
}
