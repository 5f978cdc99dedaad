package io.millrace.schema;

/**
 * Reads a schema as people write them: Spark's DDL ({@code id BIGINT, name STRING}), or the JSON of
 * Spark's {@code StructType}.
 *
 * <p>Fields are nullable whatever the schema says, as they are for Spark's JSON reader: a record
 * may lack any of them.
 */
public final class SchemaParser {
  private SchemaParser() {}

  /**
   * Reads a schema in either notation, of which JSON is the one that begins with a brace.
   *
   * @throws SchemaSyntaxException when it is neither, or has a type that records can't have
   */
  public static Type.Struct parse(String schema) {
    String text = schema.startsWith("\uFEFF") ? schema.substring(1) : schema;
    int first = 0;
    while (first < text.length() && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      throw new SchemaSyntaxException(text, first, "the schema is empty");
    }
    return switch (text.charAt(first)) {
      case '{', '[', '"' -> new JsonSchemaParser(text).parse();
      default -> new DdlParser(text).parse();
    };
  }
}
