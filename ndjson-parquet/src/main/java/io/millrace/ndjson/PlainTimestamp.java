package io.millrace.ndjson;

import io.millrace.vector.LongVector;
import org.jspecify.annotations.Nullable;

/**
 * Reads timestamps of the form {@code 2024-02-29T12:34:56.789Z}, with any fraction and an offset or
 * none, or seconds since 1970.
 */
final class PlainTimestamp extends PlainValue {
  private static final int TIME_CHARS = 8;
  private static final int FRACTION_DIGITS = 6;
  private static final int MOST_OFFSET_HOURS = 18;
  private static final int MOST_SECONDS_DIGITS = 12;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final long MICROS_PER_SECOND = 1_000_000;

  // The colons of a time as they lie in a word, and zeros in their places.
  private static final long COLONS_MASK = 0x0000FF0000FF0000L;
  private static final long COLONS = 0x00003A00003A0000L;
  private static final long ZEROS = 0x0000300000300000L;

  private final LongVector vector;
  private final @Nullable LocalTimes localTimes;

  /**
   * @param localTimes null for timestamps that have no time zone, and must not name one
   */
  PlainTimestamp(LongVector vector, @Nullable LocalTimes localTimes) {
    super(vector);
    this.vector = vector;
    this.localTimes = localTimes;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    if (bytes[position] != '"') {
      return readSeconds(bytes, position, slot);
    }
    int date = position + 1;
    int time = date + CalendarDays.CHARS + 1;
    int days = CalendarDays.read(bytes, date);
    int secondOfDay = secondOfDay(bytes, time);
    if (days == CalendarDays.INVALID
        || secondOfDay < 0
        || (bytes[time - 1] != 'T' && bytes[time - 1] != ' ')) {
      return REFUSED;
    }
    long second = (long) days * SECONDS_PER_DAY + secondOfDay;
    int i = time + TIME_CHARS;
    int micros = 0;
    if (bytes[i] == '.') {
      int first = i + 1;
      i = Integers.digitsEnd(bytes, first);
      int digits = Math.min(i - first, FRACTION_DIGITS);
      micros =
          (int)
              (Integers.value(bytes, first, first + digits)
                  * Powers.ofTen(FRACTION_DIGITS - digits));
    }
    if (bytes[i] == '"') {
      if (localTimes != null) {
        int offset = localTimes.offset(second);
        if (offset == LocalTimes.UNKNOWN) {
          return REFUSED;
        }
        second -= offset;
      }
    } else {
      if (localTimes == null) {
        return REFUSED;
      }
      if (bytes[i] == 'Z') {
        i++;
      } else {
        int offset = offset(bytes, i);
        if (offset == LocalTimes.UNKNOWN) {
          return REFUSED;
        }
        second -= offset;
        i += 6;
      }
      if (bytes[i] != '"') {
        return REFUSED;
      }
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, second * MICROS_PER_SECOND + micros);
    return i + 1;
  }

  private int readSeconds(byte[] bytes, int position, int slot) {
    int end = localTimes == null ? REFUSED : Integers.end(bytes, position, MOST_SECONDS_DIGITS);
    if (end < 0) {
      return readNull(bytes, position, slot);
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    boolean negative = bytes[position] == '-';
    long seconds = Integers.value(bytes, negative ? position + 1 : position, end);
    vector.append(slot, (negative ? -seconds : seconds) * MICROS_PER_SECOND);
    return end;
  }

  /** The second that {@code 12:34:56} is of its day, or a negative number. */
  private static int secondOfDay(byte[] bytes, int position) {
    long word = Words.eight(bytes, position);
    // With zeros for the colons.
    int digits = (word & COLONS_MASK) == COLONS ? Integers.eightDigits(word ^ COLONS ^ ZEROS) : -1;
    int hour = digits / 1_000_000;
    int minute = digits % 1_000_000 / 1_000;
    int second = digits % 1_000;
    return digits < 0 || hour > 23 || minute > 59 || second > 59
        ? -1
        : (hour * 60 + minute) * 60 + second;
  }

  /** The seconds that {@code +01:30} is ahead of UTC, or {@link LocalTimes#UNKNOWN}. */
  private static int offset(byte[] bytes, int position) {
    byte sign = bytes[position];
    int hour = CalendarDays.twoDigits(bytes, position + 1);
    int minute = CalendarDays.twoDigits(bytes, position + 4);
    if ((sign != '+' && sign != '-')
        || (hour | minute) < 0
        || hour >= MOST_OFFSET_HOURS
        || minute > 59
        || bytes[position + 3] != ':') {
      return LocalTimes.UNKNOWN;
    }
    int seconds = (hour * 60 + minute) * 60;
    return sign == '-' ? -seconds : seconds;
  }
}
