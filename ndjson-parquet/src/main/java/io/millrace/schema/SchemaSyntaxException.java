package io.millrace.schema;

/** A text is not a schema. The message says what is wrong, and in which line and column. */
public final class SchemaSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  SchemaSyntaxException(String text, int offset, String problem) {
    super(message(text, offset, problem));
    this.offset = offset;
  }

  /** Where the problem is, in characters from the schema's beginning. */
  public int offset() {
    return offset;
  }

  private static String message(String text, int offset, String problem) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return "%s (line %d, column %d of the schema)".formatted(problem, line, offset - lineStart + 1);
  }
}
