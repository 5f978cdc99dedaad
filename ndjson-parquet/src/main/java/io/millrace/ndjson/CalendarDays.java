package io.millrace.ndjson;

/** Dates as they are nearly always written, {@code 2024-02-29}, as days since 1970. */
final class CalendarDays {
  /** No date is so far away. */
  static final int INVALID = Integer.MIN_VALUE;

  /** How many characters such a date has. */
  static final int CHARS = 10;

  private static final int DAYS_PER_ERA = 146_097;
  private static final int YEARS_PER_ERA = 400;

  /** From the first of March of the year 0, where eras are made to begin, to 1970. */
  private static final int EPOCH_DAY = 719_468;

  // The signs behind year and month as they lie in a word, and zeros in their places.
  private static final long SIGNS_MASK = 0xFF0000FF00000000L;
  private static final long SIGNS = 0x2D00002D00000000L;
  private static final long ZEROS = 0x3000003000000000L;

  private static final byte[] DAYS_OF_MONTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CalendarDays() {}

  /** The days at a position, or {@link #INVALID} when no such date is there. */
  static int read(byte[] bytes, int position) {
    int digits = yearAndMonth(Words.eight(bytes, position));
    int day = twoDigits(bytes, position + Long.BYTES);
    if ((digits | day) < 0) {
      return INVALID;
    }
    int year = digits / 10_000;
    int month = digits % 10_000 / 10;
    if (month < 1 || month > 12 || day < 1 || day > DAYS_OF_MONTH[month - 1]) {
      return INVALID;
    }
    if (month == 2 && day == 29 && !isLeap(year)) {
      return INVALID;
    }
    return days(year, month, day);
  }

  /**
   * What {@code 2024-02-} makes with zeros for its signs, or a negative number for another text.
   */
  private static int yearAndMonth(long word) {
    return (word & SIGNS_MASK) == SIGNS ? Integers.eightDigits(word ^ SIGNS ^ ZEROS) : -1;
  }

  /** The number that two digits make, or a negative one. */
  static int twoDigits(byte[] bytes, int position) {
    int high = bytes[position] - '0';
    int low = bytes[position + 1] - '0';
    return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : 10 * high + low;
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /**
   * Counts years from March on, so that the leap day is the last. After Howard Hinnant,
   * "chrono-compatible low-level date algorithms" (2013).
   */
  private static int days(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(marchYear, YEARS_PER_ERA);
    int yearOfEra = marchYear - era * YEARS_PER_ERA;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - EPOCH_DAY;
  }
}
