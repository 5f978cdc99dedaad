package io.millrace.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionHoursTest {
  private static final Type.Struct SCHEMA = SchemaParser.parse("id INT, at TIMESTAMP");

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia"})
  void areThoseOfTheZonesClock(String zone) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] micros = new long[20_000];
    for (int i = 0; i < micros.length; i++) {
      // Runs of neighbours, between leaps over a century and a half before and after 1970.
      micros[i] =
          i % 10 == 0 ? (random.nextLong() >> 11) : micros[i - 1] + random.nextInt(2_000_000_000);
    }

    long[] hours = hours(SCHEMA, ZoneId.of(zone), micros);

    for (int i = 0; i < micros.length; i++) {
      LocalDateTime local =
          LocalDateTime.ofInstant(
              Instant.EPOCH.plus(micros[i], ChronoUnit.MICROS), ZoneId.of(zone));
      assertThat(directory(hours[i]))
          .as("seed %d, %d µs", seed, micros[i])
          .isEqualTo("date=%s/hour=%d".formatted(local.toLocalDate(), local.getHour()));
    }
  }

  @Test
  void ofTimesWithoutZoneAreTheirOwn() {
    long micros = LocalDateTime.of(2026, 3, 1, 23, 59).toEpochSecond(ZoneOffset.UTC) * 1_000_000;

    long[] hours =
        hours(SchemaParser.parse("id INT, at TIMESTAMP_NTZ"), ZoneId.of("Asia/Kathmandu"), micros);

    assertThat(directory(hours[0])).isEqualTo("date=2026-03-01/hour=23");
  }

  @Test
  void ofRowsWithoutTimestampAreInHivesDefaultPartition() {
    RecordBatch batch = new RecordBatch(SCHEMA);
    batch.endRow();
    ((LongVector) batch.columns().get(1)).append(1, 0);
    batch.endRow();
    batch.endRow();
    batch.finish();

    long[] hours =
        new PartitionHours(new Partitioning("at", ZoneOffset.UTC), SCHEMA)
            .of(batch, PartitionHours.NULL_HOUR);

    assertThat(hours).startsWith(PartitionHours.NULL_HOUR, 0, PartitionHours.NULL_HOUR);
    assertThat(directory(PartitionHours.NULL_HOUR))
        .isEqualTo("date=__HIVE_DEFAULT_PARTITION__/hour=__HIVE_DEFAULT_PARTITION__");
  }

  @Test
  void sortBehindEachOtherAtTheEndsOfTime() {
    long[] hours = hours(SCHEMA, ZoneOffset.UTC, Long.MIN_VALUE, 0, Long.MAX_VALUE);

    assertThat(hours[0]).isLessThan(hours[1]).isGreaterThan(-(1L << 32));
    assertThat(hours[2]).isGreaterThan(hours[1]).isLessThan(PartitionHours.NULL_HOUR);
  }

  @Test
  void needATimestampAndNoFieldOfAPartitionsName() {
    assertThatThrownBy(() -> partitioning("id", "id INT"))
        .hasMessage(
            "the field id is INT; only TIMESTAMP and TIMESTAMP_NTZ have a date and an hour");
    assertThatThrownBy(() -> partitioning("at", "id INT"))
        .hasMessage("there is no field at to partition by; there are [id]");
    assertThatThrownBy(() -> partitioning("at", "at TIMESTAMP, Hour INT"))
        .hasMessage("the field Hour has the name of a partition; rename it, or do not partition");
  }

  private static String directory(long hour) {
    return new PartitionHours(new Partitioning("at", ZoneOffset.UTC), SCHEMA).directory(hour);
  }

  private static int partitioning(String column, String schema) {
    return new Partitioning(column, ZoneOffset.UTC).columnIndex(SchemaParser.parse(schema));
  }

  private static long[] hours(Type.Struct schema, ZoneId zone, long... micros) {
    RecordBatch batch = new RecordBatch(schema);
    for (int row = 0; row < micros.length; row++) {
      ((LongVector) batch.columns().get(1)).append(row, micros[row]);
      batch.endRow();
    }
    batch.finish();
    return new PartitionHours(new Partitioning("at", zone), schema)
        .of(batch, PartitionHours.NULL_HOUR);
  }
}
