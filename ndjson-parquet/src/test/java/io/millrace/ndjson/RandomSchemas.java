package io.millrace.ndjson;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Schemas of all types and nestings. */
final class RandomSchemas {
  private static final int MOST_FIELDS = 8;
  private static final int MOST_NESTING = 4;
  private static final Type.Primitive[] PRIMITIVES = Type.Primitive.values();

  private final RandomGenerator random;

  RandomSchemas(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A schema.
   *
   * @param number the types are had in turn, so that as many schemas as there are types have all
   */
  Type.Struct schema(int number) {
    Type.Struct drawn = struct(0);
    List<Field> fields = new ArrayList<>(drawn.fields());
    fields.add(Field.of("sure", sureType(number)));
    return new Type.Struct(fields);
  }

  private Type sureType(int number) {
    int kind = number % (PRIMITIVES.length + 4);
    if (kind < PRIMITIVES.length) {
      return PRIMITIVES[kind];
    }
    return switch (kind - PRIMITIVES.length) {
      case 0 -> decimal();
      case 1 -> struct(1);
      case 2 -> new Type.Array(type(1), true);
      default -> new Type.Map(type(1), true);
    };
  }

  private Type.Struct struct(int nesting) {
    Set<String> names = new LinkedHashSet<>();
    int count = 1 + random.nextInt(MOST_FIELDS - nesting);
    while (names.size() < count) {
      names.add(name());
    }
    return new Type.Struct(names.stream().map(name -> Field.of(name, type(nesting + 1))).toList());
  }

  private Type type(int nesting) {
    int kind = random.nextInt(nesting < MOST_NESTING ? 20 : 14);
    if (kind < 12) {
      return PRIMITIVES[kind];
    }
    return switch (kind) {
      case 12, 13 -> decimal();
      case 14, 15 -> struct(nesting);
      case 16, 17, 18 -> new Type.Array(type(nesting + 1), true);
      default -> new Type.Map(type(nesting + 1), true);
    };
  }

  private Type.Decimal decimal() {
    int precision = 1 + random.nextInt(38);
    return new Type.Decimal(precision, random.nextInt(precision + 1));
  }

  private String name() {
    return switch (random.nextInt(100)) {
      case 0, 1, 2, 3, 4 -> "a";
      case 5, 6, 7, 8, 9 -> "A";
      case 10, 11, 12, 13 -> "name with blanks " + random.nextInt(3);
      case 14, 15, 16, 17 -> "größe" + random.nextInt(3);
      case 18, 19, 20, 21 -> "a_rather_long_name_of_a_field_" + random.nextInt(5);
      case 22 -> "\"quoted\\";
      case 23 -> "";
      default -> "field" + random.nextInt(30);
    };
  }
}
