package io.millrace.ndjson;

/** Finds the terminators of lines: {@code \n} and {@code \r}, of which each ends one. */
final class LineEnds {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LINE_FEEDS = '\n' * ONES;
  private static final long CARRIAGE_RETURNS = '\r' * ONES;

  private LineEnds() {}

  static boolean isTerminator(byte b) {
    return b == '\n' || b == '\r';
  }

  /** The first terminator in [{@code from}, {@code to}), or {@code to}. */
  static int first(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long found = terminators(Words.eight(bytes, i));
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < to && !isTerminator(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Behind the last terminator in [{@code from}, {@code to}), or {@code from}. */
  static int behindLast(byte[] bytes, int from, int to) {
    int i = to;
    while (i - Long.BYTES >= from && terminators(Words.eight(bytes, i - Long.BYTES)) == 0) {
      i -= Long.BYTES;
    }
    while (i > from && !isTerminator(bytes[i - 1])) {
      i--;
    }
    return i;
  }

  /** The lowest bit that is set tells the first of them exactly. */
  private static long terminators(long word) {
    long lineFeeds = word ^ LINE_FEEDS;
    long carriageReturns = word ^ CARRIAGE_RETURNS;
    return (((lineFeeds - ONES) & ~lineFeeds) | ((carriageReturns - ONES) & ~carriageReturns))
        & HIGHS;
  }
}
