package io.millrace.parquet;

import java.util.Optional;

/** Texts shortened to bounds by Delta's rules, which count UTF-16 units. */
final class StringBound {
  private static final int LIMIT = 32;
  private static final int EXPANSION_LIMIT = 2 * LIMIT;
  private static final char GREATEST_ASCII = '\u007F';
  private static final String GREATEST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private StringBound() {}

  /** A lower bound: a prefix that does not end within a character. */
  static String min(String text) {
    if (text.length() <= LIMIT) {
      return text;
    }
    boolean cutsCharacter =
        Character.isHighSurrogate(text.charAt(LIMIT - 1))
            && Character.isLowSurrogate(text.charAt(LIMIT));
    return text.substring(0, cutsCharacter ? LIMIT + 1 : LIMIT);
  }

  /**
   * An upper bound, if there is a short one: a prefix and a character greater than what follows.
   */
  static Optional<String> max(String text) {
    if (text.length() <= LIMIT) {
      return Optional.of(text);
    }
    int end = min(text).length();
    while (end <= EXPANSION_LIMIT) {
      if (end >= text.length()) {
        return Optional.of(text);
      }
      if (text.startsWith(GREATEST_CHARACTER, end)) {
        end += GREATEST_CHARACTER.length();
      } else if (text.charAt(end) < GREATEST_ASCII) {
        return Optional.of(text.substring(0, end) + GREATEST_ASCII);
      } else {
        return Optional.of(text.substring(0, end) + GREATEST_CHARACTER);
      }
    }
    return Optional.empty();
  }
}
