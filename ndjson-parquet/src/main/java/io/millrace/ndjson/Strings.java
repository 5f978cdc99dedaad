package io.millrace.ndjson;

/** Finds the ends of strings. */
final class Strings {
  /** Returned instead of a position for what is not a valid string. */
  static final int INVALID = Integer.MIN_VALUE;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long SPACES = ' ' * ONES;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private Strings() {}

  /**
   * Finds the end of a string, or of its part before the first escape.
   *
   * @param from behind its opening quote, or behind an escape
   * @return the position of its closing quote; or, when there is a backslash before, the complement
   *     of the backslash's position; or {@link #INVALID} when there is a control character before,
   *     or bytes that are not UTF-8
   */
  static int end(byte[] bytes, int from) {
    int i = from;
    long all = 0;
    long word = Words.eight(bytes, i);
    long special = special(word);
    while (special == 0) {
      all |= word;
      i += Long.BYTES;
      word = Words.eight(bytes, i);
      special = special(word);
    }
    // Of the last word only the bytes before the special one belong to the string.
    all |= word & (Long.lowestOneBit(special) - 1);
    i += Long.numberOfTrailingZeros(special) >>> 3;
    if ((all & HIGHS) != 0 && !Utf8.isValid(bytes, from, i)) {
      return INVALID;
    }
    return bytes[i] == '"' ? i : bytes[i] == '\\' ? ~i : INVALID;
  }

  /** The highest bits of bytes that are quotes, backslashes or control characters; lowest exact. */
  private static long special(long word) {
    long quotes = word ^ QUOTES;
    long backslashes = word ^ BACKSLASHES;
    return ((word - SPACES) | (quotes - ONES) | (backslashes - ONES)) & ~word & HIGHS;
  }
}
