package io.millrace.schema;

/** The words, numbers, texts and signs of DDL, one at a time. */
final class DdlTokens {
  private final String text;
  private int offset;

  DdlTokens(String text) {
    this.text = text;
    skipBlanks();
  }

  /** Where the next token begins. */
  int offset() {
    return offset;
  }

  boolean isEnd() {
    return offset == text.length();
  }

  /** Whether the next token is a word, however it is capitalised. */
  boolean isWord(String word) {
    int end = offset + word.length();
    return text.regionMatches(true, offset, word, 0, word.length())
        && (end == text.length() || !isWordPart(text.charAt(end)));
  }

  /** Whether the first sign behind the next word is this one. */
  boolean isFollowedBy(char sign) {
    int i = blanksEnd(wordEnd());
    return i < text.length() && text.charAt(i) == sign;
  }

  /** Takes a sign or a word if it is next. */
  boolean takeIf(String token) {
    boolean isNext =
        Character.isLetter(token.charAt(0)) ? isWord(token) : text.startsWith(token, offset);
    if (isNext) {
      advance(offset + token.length());
    }
    return isNext;
  }

  void take(String token) {
    if (!takeIf(token)) {
      throw error("expected '%s', not %s".formatted(token, shown()));
    }
  }

  /** Takes a word. */
  String takeWord(String what) {
    int end = wordEnd();
    if (end == offset) {
      throw error("expected %s, not %s".formatted(what, shown()));
    }
    String word = text.substring(offset, end);
    advance(end);
    return word;
  }

  /** Takes the name of a field: a word, or anything between backquotes. */
  String takeName() {
    if (isEnd() || text.charAt(offset) != '`') {
      return takeWord(
          "the name of a field, in backquotes if it is not made of letters and digits,");
    }
    StringBuilder name = new StringBuilder();
    int i = offset + 1;
    while (true) {
      int end = text.indexOf('`', i);
      if (end < 0) {
        throw error("the backquote is not closed");
      }
      name.append(text, i, end);
      if (!text.startsWith("``", end)) {
        advance(end + 1);
        return name.toString();
      }
      name.append('`');
      i = end + 2;
    }
  }

  int takeNumber() {
    int at = offset;
    String digits = takeWord("a number");
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw errorAt(at, "expected a number, not '%s'".formatted(digits));
    }
  }

  /** Takes a text in single or double quotes. */
  void takeText() {
    char quote = isEnd() ? ' ' : text.charAt(offset);
    if (quote != '\'' && quote != '"') {
      throw error("expected a text in quotes, not " + shown());
    }
    int i = offset + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= text.length()) {
      throw error("the quote is not closed");
    }
    advance(i + 1);
  }

  /** The next token as messages show it. */
  String shown() {
    if (isEnd()) {
      return "the end";
    }
    int end = Math.max(wordEnd(), text.offsetByCodePoints(offset, 1));
    return "'" + text.substring(offset, end) + "'";
  }

  SchemaSyntaxException error(String problem) {
    return errorAt(offset, problem);
  }

  SchemaSyntaxException errorAt(int where, String problem) {
    return new SchemaSyntaxException(text, where, problem);
  }

  private int wordEnd() {
    int end = offset;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private void advance(int to) {
    offset = to;
    skipBlanks();
  }

  private void skipBlanks() {
    offset = blanksEnd(offset);
  }

  /** Behind blanks and comments, of which those in line and those in {@code slash-star}. */
  private int blanksEnd(int from) {
    int i = from;
    while (i < text.length()) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else if (text.startsWith("--", i)) {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        if (end < 0) {
          throw errorAt(i, "the comment is not closed");
        }
        i = end + 2;
      } else {
        break;
      }
    }
    return i;
  }

  private static boolean isWordPart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
