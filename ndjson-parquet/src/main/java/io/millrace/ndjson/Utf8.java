package io.millrace.ndjson;

/** Tells whether bytes are UTF-8, as strictly as the standard: no overlong forms or surrogates. */
final class Utf8 {
  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  /** The bytes in [{@code from}, {@code to}), behind which eight more must be readable. */
  static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      long word = Words.eight(bytes, i);
      long high = word & HIGHS;
      if (high == 0) {
        i += Long.BYTES;
      } else if ((high & 0x80) == 0) {
        i += Long.numberOfTrailingZeros(high) >>> 3;
      } else {
        int length = characterBytes(word);
        // A character that is cut off by the end is none.
        if (length == 0 || i + length > to) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /** How many bytes the character takes that is not ASCII and begins the word; 0 for none. */
  private static int characterBytes(long word) {
    int first = (int) word & 0xFF;
    int second = (int) (word >>> 8) & 0xFF;
    if (first < 0xE0) {
      return first >= 0xC2 && (second & 0xC0) == 0x80 ? 2 : 0;
    }
    if (first < 0xF0) {
      boolean valid =
          (word & 0xC0C000) == 0x808000
              && (first != 0xE0 || second >= 0xA0)
              && (first != 0xED || second <= 0x9F);
      return valid ? 3 : 0;
    }
    boolean valid =
        first <= 0xF4
            && (word & 0xC0C0C000L) == 0x80808000L
            && (first != 0xF0 || second >= 0x90)
            && (first != 0xF4 || second <= 0x8F);
    return valid ? 4 : 0;
  }
}
