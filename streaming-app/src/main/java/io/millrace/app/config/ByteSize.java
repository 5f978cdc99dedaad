package io.millrace.app.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 256MiB}, {@code 4.5GB}, {@code 800B}.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?(B|[kKMGT]B|[KMGT]iB)");
  private static final Map<String, Long> UNITS = units();

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size can't be negative: " + bytes);
    }
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException for anything but a number and a unit
   */
  public static ByteSize parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size with a unit, like 256MiB or 4GB");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    long unit = UNITS.get(matcher.group(2).toUpperCase(Locale.ROOT));
    try {
      return new ByteSize(number.multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("not a whole number of bytes, or too many", e);
    }
  }

  /** With the largest binary unit that leaves a whole number. */
  @Override
  public String toString() {
    for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
      long factor = UNITS.get(unit.toUpperCase(Locale.ROOT));
      if (bytes >= factor && bytes % factor == 0) {
        return bytes / factor + unit;
      }
    }
    return bytes + "B";
  }

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>(Map.of("B", 1L));
    long decimal = 1;
    long binary = 1;
    for (char prefix : "KMGT".toCharArray()) {
      decimal *= 1000;
      binary *= 1024;
      units.put(prefix + "B", decimal);
      units.put(prefix + "IB", binary);
    }
    return units;
  }
}
