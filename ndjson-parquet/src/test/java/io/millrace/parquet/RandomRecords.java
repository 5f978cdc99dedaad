package io.millrace.parquet;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random schemas and rows that fit them. */
final class RandomRecords {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzäßé€日本𝄞😀 ";

  private static final List<Type.Primitive> PRIMITIVES = List.of(Type.Primitive.values());

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  Type.Struct schema(int fields, int depth) {
    List<Field> result = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      result.add(new Field("f" + i, type(depth), random.nextInt(4) > 0));
    }
    return new Type.Struct(result);
  }

  private Type type(int depth) {
    int kind = random.nextInt(depth > 0 ? 9 : 6);
    return switch (kind) {
      case 6 -> schema(1 + random.nextInt(4), depth - 1);
      case 7 -> new Type.Array(type(depth - 1), random.nextBoolean());
      case 8 -> new Type.Map(type(depth - 1), random.nextBoolean());
      case 5 -> {
        int precision = 1 + random.nextInt(38);
        yield new Type.Decimal(precision, random.nextInt(precision + 1));
      }
      default -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
    };
  }

  List<List<@Nullable Object>> rows(Type.Struct schema, int count) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(struct(schema));
    }
    return rows;
  }

  private List<@Nullable Object> struct(Type.Struct schema) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Field field : schema.fields()) {
      // Some fields are rarely there, some nearly always, by their name.
      int odds = 1 + Math.floorMod(field.name().hashCode() + schema.fields().size(), 9);
      row.add(field.nullable() && random.nextInt(odds) == 0 ? null : value(field.type()));
    }
    return row;
  }

  Object value(Type type) {
    if (type instanceof Type.Struct struct) {
      return struct(struct);
    }
    if (type instanceof Type.Array array) {
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = length(); i > 0; i--) {
        list.add(array.containsNull() && random.nextInt(5) == 0 ? null : value(array.element()));
      }
      return list;
    }
    if (type instanceof Type.Map map) {
      Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
      for (int i = length(); i > 0; i--) {
        entries.put(
            value(Type.Primitive.STRING),
            map.valueContainsNull() && random.nextInt(5) == 0 ? null : value(map.value()));
      }
      return entries;
    }
    if (type instanceof Type.Decimal decimal) {
      BigInteger bound = BigInteger.TEN.pow(1 + random.nextInt(decimal.precision()));
      BigInteger unscaled = new BigInteger(bound.bitLength() + 1, random).mod(bound);
      return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
    }
    return switch ((Type.Primitive) type) {
      case STRING -> text();
      case BOOLEAN -> random.nextInt(3) == 0;
      case BYTE -> (int) (byte) random.nextInt();
      case SHORT -> (int) (short) random.nextInt();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT ->
          switch (random.nextInt(20)) {
            case 0 -> Float.NaN;
            case 1 -> -0.0f;
            case 2 -> Float.POSITIVE_INFINITY;
            default -> random.nextFloat() * random.nextInt(1000);
          };
      case DOUBLE ->
          switch (random.nextInt(20)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextInt(2) == 0 ? random.nextInt(50) / 4.0 : random.nextDouble();
          };
      case DATE -> random.nextInt(3_000_000) - 700_000;
      case TIMESTAMP -> random.nextLong() >> (8 + random.nextInt(20));
      // Of some 285 years: DuckDB's driver gives java.sql.Timestamp, whose calendar changes in
      // 1582.
      case TIMESTAMP_NTZ -> random.nextLong() >> (10 + random.nextInt(20));
      case BINARY -> {
        byte[] bytes = new byte[length()];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  private int length() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> 0;
      case 3 -> random.nextInt(30);
      default -> random.nextInt(4);
    };
  }

  private String text() {
    int[] characters = ALPHABET.codePoints().toArray();
    if (random.nextInt(3) > 0) {
      return "pool " + random.nextInt(40);
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
