package io.millrace.app.config;

import java.util.regex.Pattern;

/** Which settings of Spark and Hadoop have values that are nobody's business, by their names. */
public final class SecretNames {
  /** Found somewhere in such a name. */
  public static final String REGEX =
      "(?i)secret|pass(word|phrase)|token|credential|(access|encryption|private)[._-]?key"
          + "|jceks|sas|auth";

  private static final Pattern PATTERN = Pattern.compile(REGEX);

  private SecretNames() {}

  static boolean matches(String name) {
    return PATTERN.matcher(name).find();
  }
}
