package io.millrace.ndjson;

/** Reads integers, and the digits of numbers in general. */
final class Integers {
  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
  private static final long SIXES = 0x0606060606060606L;
  private static final long PAIRS = 0x000000FF000000FFL;

  private Integers() {}

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Whether what follows a number could go on with it, so that it is no integer. */
  static boolean goesOn(byte b) {
    return isDigit(b) || b == '.' || b == 'e' || b == 'E';
  }

  /**
   * Behind the integer that begins at a position.
   *
   * @return {@link PlainValue#REFUSED} when none does, of at most so many digits and without a
   *     leading zero
   */
  static int end(byte[] bytes, int position, int mostDigits) {
    int first = bytes[position] == '-' ? position + 1 : position;
    int end = digitsEnd(bytes, first);
    int digits = end - first;
    if (digits == 0
        || digits > mostDigits
        || (digits > 1 && bytes[first] == '0')
        || goesOn(bytes[end])) {
      return PlainValue.REFUSED;
    }
    return end;
  }

  /** Behind the digits that begin at a position, of which there may be none. */
  static int digitsEnd(byte[] bytes, int position) {
    int i = position;
    while (true) {
      long others = others(Words.eight(bytes, i));
      if (others != 0) {
        return i + (Long.numberOfTrailingZeros(others) >>> 3);
      }
      i += Long.BYTES;
    }
  }

  /** The number that digits make, of which there are so few that it fits. */
  static long value(byte[] bytes, int from, int to) {
    long value = 0;
    int i = from;
    for (; to - i >= Long.BYTES; i += Long.BYTES) {
      value = value * 100_000_000 + number(Words.eight(bytes, i) - ZEROS);
    }
    int rest = to - i;
    if (rest > 0) {
      // Those behind are shifted out, and zeros come in front.
      long digits = (Words.eight(bytes, i) - ZEROS) << (Byte.SIZE * (Long.BYTES - rest));
      value = value * Powers.ofTen(rest) + number(digits);
    }
    return value;
  }

  /** The number that eight characters make, or a negative one when one of them is no digit. */
  static int eightDigits(long word) {
    return others(word) == 0 ? number(word - ZEROS) : -1;
  }

  /** Has bits in bytes that are no digits; the lowest tells the first of them exactly. */
  private static long others(long word) {
    return ((word & HIGH_NIBBLES) ^ ZEROS) | (((word + SIXES) & HIGH_NIBBLES) ^ ZEROS);
  }

  /**
   * The number that eight digits make: pairs, fours and eight of them are added up in one word.
   * After Daniel Lemire, "Quickly parsing eight digits" (2018).
   */
  private static int number(long digits) {
    long pairs = digits * 10 + (digits >>> 8);
    long firstAndThird = (pairs & PAIRS) * (100 + (1_000_000L << Integer.SIZE));
    long secondAndFourth = ((pairs >>> 16) & PAIRS) * (1 + (10_000L << Integer.SIZE));
    return (int) ((firstAndThird + secondAndFourth) >>> Integer.SIZE);
  }
}
