package io.millrace.benchmarks.compare;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size as people write it: {@code 1GiB}. */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d+)(|KiB|MiB|GiB)");

  private ByteSize() {}

  public static long parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a size: %s; write a number and KiB, MiB or GiB, such as 1GiB".formatted(text));
    }
    int shift =
        switch (form.group(2).toLowerCase(Locale.ROOT)) {
          case "kib" -> 10;
          case "mib" -> 20;
          case "gib" -> 30;
          default -> 0;
        };
    return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << shift);
  }
}
