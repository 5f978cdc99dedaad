package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares with Spark's reader on generated records, every other of them damaged.
 *
 * <p>{@code -Dmillrace.differential.schemas=N} makes it longer, {@code
 * -Dmillrace.differential.seed=N} repeats a run.
 */
class DifferentialTest {
  private static final int RECORDS_PER_SCHEMA = 4_000;
  private static final int SCHEMAS = Integer.getInteger("millrace.differential.schemas", 52);

  /** The same on every build, which is to blame a change and not luck; others on demand. */
  private static final long SEED = Long.getLong("millrace.differential.seed", 1);

  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Asia/Kathmandu", "+05:30");

  /** Of records that are not damaged. */
  private static final double LEAST_PLAIN_SHARE = 0.7;

  /** What Spark takes as a time of the day on which it runs; docs/reference/json.md. */
  private static final Pattern TIME_WITHOUT_DATE =
      Pattern.compile("[\"'](?:\\\\.|[\\x00-\\x20\\x7f]|GMT)*(?:T|(?:GMT)*\\d{1,2}:)");

  /** Spark makes a decimal of as many digits as the exponent says, which may take forever. */
  private static final Pattern HUGE_EXPONENT = Pattern.compile("[eE][-+]?\\d{6,}");

  /** Spark may take such a name for one that it met in an earlier record; see TokenReader. */
  private static final Pattern PADDED_NAME = Pattern.compile("\u00FF[^\"']*[\"']\\s*:");

  @TempDir Path directory;

  @Test
  void eachRecordIsTheRowThatSparkReadsOrMalformedForBoth() throws IOException {
    System.out.println("-Dmillrace.differential.seed=" + SEED);
    long plain = 0;
    try (SparkReader spark = new SparkReader()) {
      for (int number = 0; number < SCHEMAS; number++) {
        plain += compare(spark, number);
      }
    }
    assertThat(plain / (SCHEMAS * RECORDS_PER_SCHEMA / 2.0))
        .as("share of undamaged records that the plain path took")
        .isGreaterThan(LEAST_PLAIN_SHARE);
  }

  /** Returns how many of the undamaged records the plain path took. */
  private long compare(SparkReader spark, int number) throws IOException {
    long seed = SEED * 1_000_003 + number;
    Random random = new Random(seed);
    Type.Struct schema = new RandomSchemas(random).schema(number);
    ZoneId zone = ZoneId.of(ZONES.get(number % ZONES.size()));
    RandomRecords records = new RandomRecords(random, schema);
    Damage damage = new Damage(random);
    List<String> lines = new ArrayList<>();
    List<String> undamaged = new ArrayList<>();
    while (lines.size() < RECORDS_PER_SCHEMA) {
      String record = records.record();
      boolean isDamaged = lines.size() % 2 == 0;
      String line = isDamaged ? damage.damage(record) : record;
      if (isRecord(line)) {
        lines.add(line);
        if (!isDamaged) {
          undamaged.add(line);
        }
      }
    }
    Path file = directory.resolve(number + ".json");
    Files.write(file, bytes(lines, random));
    List<@Nullable List<Object>> expected = spark.read(file, schema, zone);
    List<@Nullable List<Object>> actual = new ArrayList<>();
    read(Files.readAllBytes(file), schema, zone, actual);
    assertThat(actual).hasSameSizeAs(expected).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      List<Object> row = actual.get(i);
      if (row == null
          && expected.get(i) != null
          && TIME_WITHOUT_DATE.matcher(lines.get(i)).find()) {
        continue;
      }
      assertThat(row)
          .as("%s as %s in %s, schema %d of seed %d", lines.get(i), schema, zone, number, SEED)
          .isEqualTo(expected.get(i));
    }
    Files.delete(file);
    return read(bytes(undamaged, random), schema, zone, new ArrayList<>());
  }

  /** Whether both see one record, in finite time: Spark takes an array as records, drops blanks. */
  private static boolean isRecord(String line) {
    String content = line.strip();
    return !content.isEmpty()
        && !HUGE_EXPONENT.matcher(content).find()
        && !PADDED_NAME.matcher(content).find()
        && content.chars().noneMatch(c -> c == '\n' || c == '\r')
        && "[\0\u00EF\u00FE\u00FF".indexOf(content.charAt(0)) < 0;
  }

  private static byte[] bytes(List<String> lines, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines) {
      out.writeBytes(line.getBytes(ISO_8859_1));
      out.writeBytes(
          switch (random.nextInt(8)) {
            case 0 -> "\r\n".getBytes(ISO_8859_1);
            case 1 -> "\r".getBytes(ISO_8859_1);
            case 2 -> "\n\n".getBytes(ISO_8859_1);
            default -> "\n".getBytes(ISO_8859_1);
          });
    }
    return out.toByteArray();
  }

  /** Adds all records in order, null for malformed ones; returns how many were plain. */
  private static long read(
      byte[] bytes, Type.Struct schema, ZoneId zone, List<@Nullable List<Object>> records)
      throws IOException {
    ReaderOptions options = ReaderOptions.defaults().withTimeZone(zone);
    List<Long> malformed = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    NdjsonReader reader =
        new NdjsonReader(
            new InputStreamBlocks(new ByteArrayInputStream(bytes), 16 << 10),
            0,
            bytes.length,
            schema,
            options,
            (offset, line, from, to, reason) -> malformed.add(offset));
    RecordBatch batch = new RecordBatch(schema);
    while (reader.read(batch)) {
      rows.addAll(Vectors.rows(batch));
      for (int i = 0; i < batch.rows(); i++) {
        offsets.add(reader.offsets()[i]);
      }
    }
    int bad = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (; bad < malformed.size() && malformed.get(bad) < offsets.get(i); bad++) {
        records.add(null);
      }
      records.add(rows.get(i));
    }
    for (; bad < malformed.size(); bad++) {
      records.add(null);
    }
    return reader.plainRecords();
  }
}
