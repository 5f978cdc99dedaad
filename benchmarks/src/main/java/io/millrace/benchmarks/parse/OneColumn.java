package io.millrace.benchmarks.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.Vector;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A schema of one field, records that have it, and what each record's value is. */
public enum OneColumn {
  /** The field is in no record: a scan for the records' ends. */
  SKIPPED("BIGINT") {
    @Override
    String json(SplittableRandom random) {
      return "{\"skipped\":{\"text\":\"%s\",\"numbers\":[%d,%s]}}"
          .formatted(text(random, PLAIN), random.nextLong(), random.nextDouble());
    }

    @Override
    @Nullable Object value(SplittableRandom random) {
      text(random, PLAIN);
      random.nextLong();
      random.nextDouble();
      return null;
    }
  },
  PLAIN_STRINGS("STRING") {
    @Override
    String json(SplittableRandom random) {
      return record('"' + text(random, PLAIN) + '"');
    }

    @Override
    Object value(SplittableRandom random) {
      return text(random, PLAIN);
    }
  },
  /** Each with some escapes of each kind, and characters of two to four bytes. */
  ESCAPED_STRINGS("STRING") {
    @Override
    String json(SplittableRandom random) {
      return record(
          '"'
              + text(random, ODD)
                  .replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("é", "\\u00e9")
              + '"');
    }

    @Override
    Object value(SplittableRandom random) {
      return text(random, ODD);
    }
  },
  LONGS("BIGINT") {
    @Override
    String json(SplittableRandom random) {
      return record(value(random).toString());
    }

    @Override
    Object value(SplittableRandom random) {
      return random.nextLong() >> random.nextInt(Long.SIZE);
    }
  },
  /** All digits of doubles of [-1000, 1000). */
  DOUBLES("DOUBLE") {
    @Override
    String json(SplittableRandom random) {
      return record(value(random).toString());
    }

    @Override
    Object value(SplittableRandom random) {
      return (random.nextDouble() - 0.5) * 2000;
    }
  },
  DECIMALS("DECIMAL(18,4)") {
    @Override
    String json(SplittableRandom random) {
      return record(BigDecimal.valueOf((long) value(random), 4).toPlainString());
    }

    /** Unscaled. */
    @Override
    Object value(SplittableRandom random) {
      return random.nextLong(1_000_000_000_000L);
    }
  },
  TIMESTAMPS("TIMESTAMP") {
    @Override
    String json(SplittableRandom random) {
      return record(
          '"' + Instant.EPOCH.plus((long) value(random), ChronoUnit.MICROS).toString() + '"');
    }

    /** Microseconds of 2020 to 2029, of three digits behind the second's point or none. */
    @Override
    Object value(SplittableRandom random) {
      return 1_577_836_800_000_000L + 1000 * random.nextLong(315_000_000_000L);
    }
  };

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz     ";
  private static final String ODD = "abcdefghijklmnopqrstuvwxyz    \"\\\né日😀";

  private final String type;

  OneColumn(String type) {
    this.type = type;
  }

  Type.Struct schema() {
    return SchemaParser.parse("value " + type);
  }

  /** The next record. */
  abstract String json(SplittableRandom random);

  /** What the record has that {@link #json} makes of the same random numbers. */
  abstract @Nullable Object value(SplittableRandom random);

  /** What a row of a batch has. */
  @Nullable Object value(RecordBatch batch, int row) {
    Vector vector = batch.columns().get(0);
    if (vector.count() == 0) {
      return null;
    }
    if (vector.count() < vector.slots()) {
      throw new IllegalStateException("some rows have a value, and some have none");
    }
    if (vector instanceof LongVector longs) {
      return longs.values()[row];
    }
    if (vector instanceof DoubleVector doubles) {
      return doubles.values()[row];
    }
    long slice = ((BinaryVector) vector).slices()[row];
    return new String(
        batch.arena().bytes(), BinaryVector.offset(slice), BinaryVector.length(slice), UTF_8);
  }

  private static String record(String value) {
    return "{\"value\":" + value + "}";
  }

  /** 8 to 71 characters of an alphabet. */
  private static String text(SplittableRandom random, String alphabet) {
    int[] characters = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 8 + random.nextInt(64); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
