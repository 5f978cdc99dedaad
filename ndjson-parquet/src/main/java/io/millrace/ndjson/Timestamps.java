package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps in every form that Spark takes: a date {@code [+-]y+[-m[-d]]}, then, behind a space or
 * {@code T}, a time {@code h[:m[:s[.f]]]}, then, behind the seconds, a time zone.
 *
 * <p>A time without a date, which Spark takes as one of the current day, is refused: when an object
 * is converted must not change what it says.
 */
final class Timestamps {
  private static final int DAY = 2;
  private static final int MINUTE = 4;
  private static final int SECOND = 5;
  private static final int FRACTION = 6;
  private static final int ZONE = 7;
  private static final int FRACTION_DIGITS = 6;
  private static final int LEAST_YEAR_DIGITS = 4;
  private static final int MOST_YEAR_DIGITS = 6;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Pattern ONE_DIGIT_HOUR = Pattern.compile("([+-])(\\d):");
  private static final Pattern ONE_DIGIT_MINUTE = Pattern.compile("([+-])(\\d\\d):(\\d)$");

  private Timestamps() {}

  /**
   * Microseconds since 1970 in UTC.
   *
   * @param timeZone holds where the text does not name a time zone
   */
  static long parse(String text, ZoneId timeZone) throws ConversionException {
    Long micros = micros(text, timeZone);
    if (micros == null) {
      // Spark 1 wrote these letters before the offset.
      micros = micros(withoutGmt(text), timeZone);
    }
    return required(micros);
  }

  /** Microseconds since 1970 of a text without a time zone. */
  static long parseLocal(String text) throws ConversionException {
    return required(micros(text, null));
  }

  static String withoutGmt(String text) {
    return text.replace("GMT", "");
  }

  /** Behind the last byte that is neither a space nor an ASCII control character. */
  static int trimmedEnd(byte[] text) {
    int end = text.length;
    while (end > 0 && isTrimmed(text[end - 1])) {
      end--;
    }
    return end;
  }

  /** The first byte that is neither a space nor an ASCII control character, or {@code end}. */
  static int trimmedStart(byte[] text, int end) {
    int start = 0;
    while (start < end && isTrimmed(text[start])) {
      start++;
    }
    return start;
  }

  private static boolean isTrimmed(byte b) {
    return (b >= 0 && b <= ' ') || b == 0x7F;
  }

  private static long required(@Nullable Long micros) throws ConversionException {
    if (micros == null) {
      throw new ConversionException(MalformedReason.WRONG_TYPE);
    }
    return micros;
  }

  /**
   * What the text says, or null when it is no timestamp.
   *
   * @param timeZone null where the text must not name one either
   */
  private static @Nullable Long micros(String text, @Nullable ZoneId timeZone) {
    byte[] bytes = text.getBytes(UTF_8);
    int end = trimmedEnd(bytes);
    int start = trimmedStart(bytes, end);
    int[] segments = {1, 1, 1, 0, 0, 0, 0};
    int behind = start == end ? -1 : segments(bytes, start, end, segments);
    if (behind < 0 || (behind < end && timeZone == null)) {
      return null;
    }
    try {
      ZoneId zone =
          behind < end
              ? zone(new String(bytes, behind, end - behind, UTF_8).trim())
              : timeZone == null ? ZoneOffset.UTC : timeZone;
      LocalDate date = LocalDate.of(segments[0], segments[1], segments[DAY]);
      LocalTime time =
          LocalTime.of(
              segments[DAY + 1],
              segments[MINUTE],
              segments[SECOND],
              segments[FRACTION] * NANOS_PER_MICRO);
      return micros(LocalDateTime.of(date, time).atZone(zone).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * Splits the text into year, month, day, hour, minute, second and microseconds.
   *
   * @return where the time zone begins, or {@code end} when there is none; negative when the text
   *     is no timestamp
   */
  private static int segments(byte[] text, int start, int end, int[] segments) {
    int i = start;
    int sign = text[i] == '-' ? -1 : 1;
    if (text[i] == '-' || text[i] == '+') {
      i++;
    }
    int segment = 0;
    int value = 0;
    int digits = 0;
    for (; i < end && segment < ZONE; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (segment != FRACTION || digits < FRACTION_DIGITS) {
          value = 10 * value + digit;
        }
        digits++;
        continue;
      }
      if (!endsSegment(segment, text[i]) || !isValid(segment, digits)) {
        return -1;
      }
      segments[segment] = segment == FRACTION ? fraction(value, digits) : value;
      value = 0;
      digits = 0;
      if (segment == FRACTION || (segment == SECOND && text[i] != '.')) {
        segments[0] *= sign;
        return i;
      }
      segment++;
    }
    if (!isValid(segment, digits)) {
      return -1;
    }
    segments[segment] = segment == FRACTION ? fraction(value, digits) : value;
    segments[0] *= sign;
    return end;
  }

  private static boolean endsSegment(int segment, byte b) {
    if (segment < DAY) {
      return b == '-';
    }
    if (segment == DAY) {
      return b == ' ' || b == 'T';
    }
    // Behind seconds and their fraction follows the time zone, whatever it begins with.
    return segment > MINUTE || b == ':';
  }

  private static boolean isValid(int segment, int digits) {
    if (segment == 0) {
      return digits >= LEAST_YEAR_DIGITS && digits <= MOST_YEAR_DIGITS;
    }
    return segment == FRACTION || (digits > 0 && digits <= 2);
  }

  private static int fraction(int value, int digits) {
    int micros = value;
    for (int i = digits; i < FRACTION_DIGITS; i++) {
      micros *= 10;
    }
    return micros;
  }

  private static ZoneId zone(String name) {
    String twoDigitHour = ONE_DIGIT_HOUR.matcher(name).replaceFirst("$10$2:");
    String twoDigitMinute = ONE_DIGIT_MINUTE.matcher(twoDigitHour).replaceFirst("$1$2:0$3");
    return ZoneId.of(twoDigitMinute, ZoneId.SHORT_IDS);
  }

  /** Works down to the least value, whose second does not fit on its own. */
  private static long micros(Instant instant) {
    long second = instant.getEpochSecond();
    long micros = instant.getNano() / NANOS_PER_MICRO;
    return second < 0
        ? Math.addExact(
            Math.multiplyExact(second + 1, MICROS_PER_SECOND), micros - MICROS_PER_SECOND)
        : Math.addExact(Math.multiplyExact(second, MICROS_PER_SECOND), micros);
  }
}
