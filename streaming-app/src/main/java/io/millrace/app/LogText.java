package io.millrace.app;

/** Makes what others chose, such as keys, fit for a line of the log. */
final class LogText {
  /** Longer than S3's longest key where nothing of it needs to be escaped. */
  static final int MAX_CHARACTERS = 1_200;

  private LogText() {}

  /**
   * The text in which no character can begin a line, move the cursor, or turn the direction of what
   * follows: each stands as in a Java literal, and so does the backslash. Cut where it is too long.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        escaped.append("\\\\");
      } else if (isHarmless(c)) {
        escaped.append(c);
      } else {
        escaped.append("\\u%04x".formatted((int) c));
      }
      if (escaped.length() >= MAX_CHARACTERS) {
        return escaped.append('…').toString();
      }
    }
    return escaped.toString();
  }

  private static boolean isHarmless(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
