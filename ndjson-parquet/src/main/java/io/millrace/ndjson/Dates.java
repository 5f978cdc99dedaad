package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Dates in every form that Spark takes: {@code [+-]y+[-m[-d]]} with four to seven digits in the
 * year, whatever follows a space or {@code T} behind the day; or else the number of days since
 * 1970.
 */
final class Dates {
  private static final int SEGMENTS = 3;
  private static final int LEAST_YEAR_DIGITS = 4;
  private static final int MOST_YEAR_DIGITS = 7;
  private static final long MILLIS_PER_DAY = 86_400_000;

  /** The first day of the Gregorian calendar, before which numbers of days mean the Julian one. */
  private static final long GREGORIAN_START = LocalDate.of(1582, 10, 15).toEpochDay();

  private Dates() {}

  /**
   * Days since 1970.
   *
   * @throws ConversionException when the text is not a date
   */
  static int parse(String text) throws ConversionException {
    try {
      Integer days = days(text.getBytes(UTF_8));
      if (days == null) {
        days = days(Timestamps.withoutGmt(text).getBytes(UTF_8));
      }
      return days == null ? days(Integer.parseInt(text)) : days;
    } catch (NumberFormatException | ArithmeticException e) {
      throw new ConversionException(MalformedReason.WRONG_TYPE);
    }
  }

  private static @Nullable Integer days(byte[] text) {
    int end = Timestamps.trimmedEnd(text);
    int i = Timestamps.trimmedStart(text, end);
    if (i == end) {
      return null;
    }
    int sign = text[i] == '-' ? -1 : 1;
    if (text[i] == '-' || text[i] == '+') {
      i++;
    }
    int[] segments = {1, 1, 1};
    int segment = 0;
    int value = 0;
    int digits = 0;
    for (; i < end && text[i] != ' ' && text[i] != 'T'; i++) {
      if (segment < SEGMENTS - 1 && text[i] == '-') {
        if (!isValid(segment, digits)) {
          return null;
        }
        segments[segment++] = value;
        value = 0;
        digits = 0;
      } else if (text[i] < '0' || text[i] > '9') {
        return null;
      } else {
        value = 10 * value + text[i] - '0';
        digits++;
      }
    }
    if (!isValid(segment, digits) || (segment < SEGMENTS - 1 && i < end)) {
      return null;
    }
    segments[segment] = value;
    try {
      return Math.toIntExact(
          LocalDate.of(sign * segments[0], segments[1], segments[2]).toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static boolean isValid(int segment, int digits) {
    return segment == 0
        ? digits >= LEAST_YEAR_DIGITS && digits <= MOST_YEAR_DIGITS
        : digits > 0 && digits <= 2;
  }

  /** A number of days counts in the hybrid calendar that Spark 1 wrote dates in. */
  private static int days(int hybridDays) {
    if (hybridDays >= GREGORIAN_START) {
      return hybridDays;
    }
    GregorianCalendar hybrid = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
    hybrid.setTimeInMillis(hybridDays * MILLIS_PER_DAY);
    return Math.toIntExact(
        LocalDate.of(hybrid.get(Calendar.YEAR), hybrid.get(Calendar.MONTH) + 1, 1)
            .with(ChronoField.ERA, hybrid.get(Calendar.ERA))
            .plusDays(hybrid.get(Calendar.DAY_OF_MONTH) - 1L)
            .toEpochDay());
  }
}
