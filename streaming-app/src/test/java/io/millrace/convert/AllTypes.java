package io.millrace.convert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;
import java.util.function.Supplier;

/** Random records of a schema that has every type, alone and nested; some are malformed. */
final class AllTypes {
  static final String SCHEMA =
      """
      id STRING, flag BOOLEAN, b TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE,
      price DECIMAL(10,2), huge DECIMAL(38,10), day DATE, at TIMESTAMP, local TIMESTAMP_NTZ,
      bin BINARY, tags ARRAY<STRING>, matrix ARRAY<ARRAY<INT>>,
      place STRUCT<x: DOUBLE, inner: STRUCT<z: INT, name: STRING>>,
      counts MAP<STRING, INT>, lists MAP<STRING, ARRAY<BIGINT>>,
      items ARRAY<STRUCT<sku: STRING, n: INT, at: TIMESTAMP, price: DECIMAL(20,4)>>
      """;

  private static final String[] TEXTS = {
    "", "a", "käse", "日本語", "🌊", "say \\\"so\\\"", "back\\\\slash", "\\u00e9\\n", "\\ud83c\\udf0a"
  };
  private static final String[] MALFORMED = {
    "no JSON",
    "{\"id\":\"cut",
    "[{\"id\":\"in an array\"}]",
    "{\"i\":\"text\"}",
    "{\"i\":3000000000}",
    "{\"day\":\"yesterday\"}",
    "{\"items\":[{\"n\":\"x\"}]}",
    "{\"price\":123456789.99}",
    "null",
    "{\"day\":\"1900-02-29\"}",
    "7"
  };

  private final Random random;

  AllTypes(Random random) {
    this.random = random;
  }

  /** A record; some have bytes that are no UTF-8. */
  byte[] line() {
    byte[] line = record().getBytes(UTF_8);
    if (random.nextInt(20) == 0) {
      line = MALFORMED[random.nextInt(MALFORMED.length)].getBytes(UTF_8);
    } else if (random.nextInt(30) == 0) {
      line = invalidUtf8();
    }
    return line;
  }

  private static byte[] invalidUtf8() {
    return "{\"id\":\"\u00ff\u00fe\"}".getBytes(ISO_8859_1);
  }

  private String record() {
    StringBuilder json = new StringBuilder("{");
    field(json, "id", this::text);
    field(json, "flag", () -> random.nextBoolean() ? "true" : "false");
    field(json, "b", () -> "" + (random.nextInt(256) - 128));
    field(json, "s", () -> "" + (short) random.nextInt());
    field(json, "i", () -> "" + random.nextInt());
    field(json, "l", () -> "" + random.nextLong());
    field(json, "f", this::number);
    field(json, "d", this::number);
    field(json, "price", () -> "%d.%02d".formatted(random.nextInt(100_000), random.nextInt(100)));
    field(json, "huge", () -> random.nextLong() + "" + random.nextInt(1 << 28) + ".5");
    field(json, "day", () -> quoted("%04d-%02d-%02d".formatted(year(), month(), month())));
    field(json, "at", () -> quoted(partition() + (random.nextBoolean() ? "Z" : "+05:45")));
    field(json, "local", () -> quoted(time()));
    field(json, "bin", () -> quoted("AQIDBAUG"));
    field(json, "tags", () -> array(this::text));
    field(json, "matrix", () -> array(() -> array(() -> "" + random.nextInt(9))));
    field(json, "place", this::place);
    field(json, "counts", () -> map(() -> "" + random.nextInt(99)));
    field(json, "lists", () -> map(() -> array(() -> "" + random.nextLong())));
    field(json, "items", () -> array(this::item));
    field(json, "unknown", () -> array(this::item));
    return json.append("\"end\":1}").toString();
  }

  private String place() {
    StringBuilder json = new StringBuilder("{");
    field(json, "x", this::number);
    field(json, "inner", () -> "{\"z\":%d,\"name\":%s}".formatted(random.nextInt(), text()));
    return json.append("\"end\":1}").toString();
  }

  private String item() {
    StringBuilder json = new StringBuilder("{");
    field(json, "sku", this::text);
    field(json, "n", () -> "" + random.nextInt());
    field(json, "at", () -> quoted(time() + "Z"));
    field(json, "price", () -> random.nextInt() + ".1234");
    return json.append("\"end\":1}").toString();
  }

  private void field(StringBuilder json, String name, Supplier<String> value) {
    int kind = random.nextInt(12);
    if (kind > 1) {
      json.append('"').append(name).append("\": ").append(value.get()).append(", ");
    } else if (kind == 1) {
      json.append('"').append(name).append("\":null,");
    }
  }

  private String array(Supplier<String> element) {
    StringBuilder json = new StringBuilder("[");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append(random.nextInt(9) == 0 ? "null" : element.get());
    }
    return json.append(']').toString();
  }

  private String map(Supplier<String> value) {
    StringBuilder json = new StringBuilder("{");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append("\"k%d\":".formatted(i)).append(value.get());
    }
    return json.append('}').toString();
  }

  private String text() {
    return quoted(TEXTS[random.nextInt(TEXTS.length)] + random.nextInt(50));
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> "" + random.nextInt(1000);
      case 1 -> "" + random.nextGaussian();
      case 2 -> "-0.0";
      default -> random.nextInt(99) + "e" + (random.nextInt(60) - 30);
    };
  }

  private String time() {
    return "%04d-%02d-%02dT%02d:%02d:%02d.%06d"
        .formatted(
            year(),
            month(),
            month(),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  /** Of few hours, so that there are few partitions, but for some at the edges of what is taken. */
  private String partition() {
    return random.nextInt(100) == 0
        ? time()
        : "2026-03-01 %02d:%02d:59".formatted(random.nextInt(2), random.nextInt(60));
  }

  private int year() {
    return random.nextInt(10) == 0 ? 1600 + random.nextInt(500) : 2026;
  }

  private int month() {
    return 1 + random.nextInt(2);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
