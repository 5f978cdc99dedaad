package io.millrace.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where numbered files lie in HDFS, which lets a directory have a million files (its {@code
 * dfs.namenode.fs-limits.max-directory-items}): ten thousand numbers in each, {@code
 * segments/000000123456} as {@code segments/00000012/000000123456}, and {@code
 * rejected/000000000003.000000123456} as {@code rejected/000000000003.00000012/…}.
 */
final class DividedNames {
  /** As many digits of a number are the same in a directory's names. */
  private static final int LAST_DIGITS = 4;

  /** A number of twelve digits or more, an owner's epoch before it or something behind it. */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(.*/)?([0-9]{12,}\\.[0-9]{8,}|[0-9]{8,})([0-9]{%d}(\\.[^/]*)?)".formatted(LAST_DIGITS));

  private static final Pattern DIVIDED =
      Pattern.compile("(.*/)?([0-9.]{8,})/(\\2[0-9]{%d}(\\.[^/]*)?)".formatted(LAST_DIGITS));

  private DividedNames() {}

  /** The path of a name. */
  static String path(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches()
        ? "%s%s/%s%s"
            .formatted(parent(numbered), numbered.group(2), numbered.group(2), numbered.group(3))
        : name;
  }

  /** The name that has the path. */
  static String name(String path) {
    Matcher divided = DIVIDED.matcher(path);
    return divided.matches() ? parent(divided) + divided.group(3) : path;
  }

  private static String parent(Matcher matcher) {
    String parent = matcher.group(1);
    return parent == null ? "" : parent;
  }
}
