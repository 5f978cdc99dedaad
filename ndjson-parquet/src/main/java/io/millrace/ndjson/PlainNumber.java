package io.millrace.ndjson;

/** The parts of a number as it is written. */
final class PlainNumber {
  /** So many digits fit into 64 bits. */
  static final int MOST_DIGITS = 18;

  /** Longer numbers are refused, so that the limits of numbers need not be asked. */
  private static final int MOST_CHARS = ReaderOptions.LEAST_MAX_NUMBER_CHARS;

  boolean negative;

  /** All digits before the exponent as one number, if they are at most {@link #MOST_DIGITS}. */
  long digits;

  /** How many digits there are, but for zeros in front. */
  int digitCount;

  /** The digits are to be multiplied with ten to the power of this. */
  int exponent;

  /** Whether there is neither a point nor an exponent. */
  boolean isInteger;

  /**
   * Reads the number that begins at a position, and judges its form as JSON does.
   *
   * @return the position behind it, or {@link PlainValue#REFUSED}
   */
  int read(byte[] bytes, int position) {
    negative = bytes[position] == '-';
    int first = negative ? position + 1 : position;
    int end = Integers.digitsEnd(bytes, first);
    int whole = end - first;
    if (whole == 0 || whole > MOST_CHARS || (whole > 1 && bytes[first] == '0')) {
      return PlainValue.REFUSED;
    }
    isInteger = true;
    exponent = 0;
    digitCount = whole;
    digits = whole <= MOST_DIGITS ? Integers.value(bytes, first, end) : 0;
    if (bytes[end] == '.') {
      end = readFraction(bytes, end);
    }
    if (end > 0 && (bytes[end] | 0x20) == 'e') {
      end = readExponent(bytes, end + 1);
    }
    return end - position > MOST_CHARS ? PlainValue.REFUSED : end;
  }

  private int readFraction(byte[] bytes, int point) {
    int end = Integers.digitsEnd(bytes, point + 1);
    int count = end - point - 1;
    if (count == 0) {
      return PlainValue.REFUSED;
    }
    isInteger = false;
    exponent = -count;
    if (digits == 0 && digitCount == 1) {
      int significant = point + 1;
      while (significant < end && bytes[significant] == '0') {
        significant++;
      }
      digitCount = end - significant;
      digits = digitCount <= MOST_DIGITS ? Integers.value(bytes, significant, end) : 0;
    } else {
      digitCount += count;
      if (digitCount <= MOST_DIGITS) {
        digits = digits * Powers.ofTen(count) + Integers.value(bytes, point + 1, end);
      }
    }
    return end;
  }

  private int readExponent(byte[] bytes, int from) {
    int first = bytes[from] == '-' || bytes[from] == '+' ? from + 1 : from;
    int end = Integers.digitsEnd(bytes, first);
    if (end == first || end - first > 4) {
      return PlainValue.REFUSED;
    }
    isInteger = false;
    int value = (int) Integers.value(bytes, first, end);
    exponent += bytes[from] == '-' ? -value : value;
    return end;
  }
}
