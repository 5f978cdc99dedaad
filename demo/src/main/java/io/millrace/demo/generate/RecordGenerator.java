package io.millrace.demo.generate;

import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes orders of a shop as JSON: one schema, no two alike, the same ones from the same seed. */
final class RecordGenerator {
  /** What the application is told of the records. */
  static final String SCHEMA =
      "id STRING, at TIMESTAMP, kind STRING,"
          + " customer STRUCT<id: BIGINT, name: STRING, country: STRING, member: BOOLEAN>,"
          + " items ARRAY<STRUCT<sku: STRING, quantity: INT, price: DECIMAL(10,2)>>,"
          + " tags ARRAY<STRING>, total DECIMAL(12,2), distance DOUBLE, comment STRING";

  /** The column whose date and hour partition the table. */
  static final String TIMESTAMP = "at";

  private static final Instant FIRST = Instant.parse("2026-11-01T06:00:00Z");
  private static final long MICROS_OF_TWO_HOURS = 7_200_000_000L;
  private static final String[] KINDS = {"placed", "paid", "shipped", "returned"};
  private static final String[] NAMES = {"Ada", "Bjørn", "Chloé", "Dörte", "Émile", "Noor", "李雷"};
  private static final String[] COUNTRIES = {"DE", "FR", "NL", "JP", "BR", "US"};
  private static final String[] TAGS = {"gift", "express", "new", "b2b", "app", "retry"};
  private static final String[] WORDS = {
    "please", "leave", "it", "at", "the", "door", "ring", "twice", "\\\"thanks\\\"", "grüße", "🙂"
  };

  private final SplittableRandom random;

  RecordGenerator(SplittableRandom random) {
    this.random = random;
  }

  /** Appends one record without a line end. */
  void append(String id, StringBuilder json) {
    json.append("{\"id\":\"").append(id).append("\",\"at\":\"").append(instant());
    json.append("\",\"kind\":\"").append(one(KINDS));
    json.append("\",\"customer\":{\"id\":").append(random.nextLong(1L << 48));
    json.append(",\"name\":\"").append(one(NAMES)).append(' ').append(random.nextInt(10_000));
    json.append("\",\"country\":\"").append(one(COUNTRIES));
    json.append("\",\"member\":").append(random.nextBoolean());
    json.append("},\"items\":[");
    long cents = items(json);
    json.append("],\"tags\":[");
    tags(json);
    json.append("],\"total\":");
    amount(cents, json);
    json.append(",\"distance\":").append(random.nextDouble() * 1_000);
    json.append(",\"comment\":");
    comment(json);
    json.append('}');
  }

  private Instant instant() {
    return FIRST.plusNanos(random.nextLong(MICROS_OF_TWO_HOURS) * 1_000);
  }

  private long items(StringBuilder json) {
    long sum = 0;
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int quantity = 1 + random.nextInt(5);
      int cents = 1 + random.nextInt(50_000);
      sum += (long) quantity * cents;
      json.append(i == 0 ? "" : ",").append("{\"sku\":\"SKU-");
      json.append(Integer.toHexString(random.nextInt()).toUpperCase(Locale.ROOT));
      json.append("\",\"quantity\":").append(quantity).append(",\"price\":");
      amount(cents, json);
      json.append('}');
    }
    return sum;
  }

  private void tags(StringBuilder json) {
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "\"" : ",\"").append(one(TAGS)).append('"');
    }
  }

  /** Now and then null, as optional fields are. */
  private void comment(StringBuilder json) {
    if (random.nextInt(4) == 0) {
      json.append("null");
      return;
    }
    json.append('"');
    int words = 3 + random.nextInt(10);
    for (int i = 0; i < words; i++) {
      json.append(i == 0 ? "" : " ").append(one(WORDS));
    }
    json.append('"');
  }

  private static void amount(long cents, StringBuilder json) {
    json.append(cents / 100).append(cents % 100 < 10 ? ".0" : ".").append(cents % 100);
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
