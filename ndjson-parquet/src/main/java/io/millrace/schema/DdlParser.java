package io.millrace.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads Spark's DDL: columns as {@code name TYPE [NOT NULL] [COMMENT 'text']}, with commas between
 * them, or one {@code STRUCT<…>} of them.
 */
final class DdlParser {
  private static final int MAX_DEPTH = 100;
  private static final int DEFAULT_PRECISION = 10;

  private final DdlTokens tokens;
  private int depth;

  DdlParser(String text) {
    this.tokens = new DdlTokens(text);
  }

  Type.Struct parse() {
    boolean isStruct = tokens.isWord("struct") && tokens.isFollowedBy('<');
    Type.Struct struct = isStruct ? (Type.Struct) type() : fields("", false);
    if (!tokens.isEnd()) {
      throw tokens.error("expected ',' or the end, not " + tokens.shown());
    }
    return struct;
  }

  private Type.Struct fields(String end, boolean colonAllowed) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    do {
      int at = tokens.offset();
      String name = tokens.takeName();
      if (!names.add(name)) {
        throw tokens.errorAt(at, "the field %s is there twice".formatted(name));
      }
      if (colonAllowed) {
        tokens.takeIf(":");
      }
      fields.add(Field.of(name, type()));
      options();
    } while (tokens.takeIf(","));
    if (!end.isEmpty()) {
      tokens.take(end);
    }
    return new Type.Struct(fields);
  }

  /** What may follow a type, of which nothing matters here. */
  private void options() {
    if (tokens.takeIf("not")) {
      tokens.take("null");
    }
    if (tokens.takeIf("comment")) {
      tokens.takeText();
    }
  }

  private Type type() {
    int at = tokens.offset();
    if (++depth > MAX_DEPTH) {
      throw tokens.error("the schema is nested deeper than " + MAX_DEPTH + " types");
    }
    String name = tokens.takeWord("a type").toLowerCase(Locale.ROOT);
    Type type = type(name, at);
    depth--;
    return type;
  }

  private Type type(String name, int at) {
    switch (name) {
      case "struct" -> {
        if (tokens.takeIf("<>")) {
          return new Type.Struct(List.of());
        }
        tokens.take("<");
        return tokens.takeIf(">") ? new Type.Struct(List.of()) : fields(">", true);
      }
      case "array" -> {
        tokens.take("<");
        Type element = type();
        tokens.take(">");
        return new Type.Array(element, true);
      }
      case "map" -> {
        tokens.take("<");
        int keyAt = tokens.offset();
        if (type() != Type.Primitive.STRING) {
          throw tokens.errorAt(keyAt, "the keys of a map must be STRING, as those of JSON are");
        }
        tokens.take(",");
        Type value = type();
        tokens.take(">");
        return new Type.Map(value, true);
      }
      default -> {
        if (TypeNames.isDecimal(name)) {
          return decimal(at);
        }
        Type.Primitive primitive = TypeNames.primitive(name);
        if (primitive == null) {
          throw tokens.errorAt(at, UnknownTypes.problem(name));
        }
        return primitive;
      }
    }
  }

  private Type decimal(int at) {
    int precision = DEFAULT_PRECISION;
    int scale = 0;
    if (tokens.takeIf("(")) {
      precision = tokens.takeNumber();
      if (tokens.takeIf(",")) {
        scale = tokens.takeNumber();
      }
      tokens.take(")");
    }
    try {
      return new Type.Decimal(precision, scale);
    } catch (IllegalArgumentException e) {
      throw tokens.errorAt(at, UnknownTypes.decimalProblem(precision, scale));
    }
  }
}
