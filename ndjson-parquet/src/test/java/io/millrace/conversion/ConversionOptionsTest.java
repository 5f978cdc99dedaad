package io.millrace.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ndjson.ReaderOptions;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConversionOptionsTest {
  private static final Type.Struct SCHEMA =
      SchemaParser.parse("id BIGINT, at TIMESTAMP, local TIMESTAMP_NTZ");

  private final ConversionOptions defaults = ConversionOptions.of(SCHEMA);

  @Test
  void hasTheDefaultsThatAreDocumented() {
    assertThat(defaults)
        .isEqualTo(
            new ConversionOptions(
                SCHEMA,
                ReaderOptions.defaults(),
                ParquetOptions.defaults(),
                null,
                268_435_456,
                32,
                201_326_592,
                1));
  }

  @Test
  void takesLimitsAtTheirBounds() {
    assertThat(defaults.withFiles(1, 1, 1).maxOpenWriters()).isOne();
    assertThat(defaults.withMaxMalformedRatio(0).maxMalformedRatio()).isZero();
    assertThat(defaults.withMaxMalformedRatio(1).maxMalformedRatio()).isOne();
  }

  @Test
  void refusesLimitsOutOfTheirBounds() {
    assertRefused(() -> defaults.withFiles(0, 1, 1), "targetFileBytes is 0 and must be positive");
    assertRefused(() -> defaults.withFiles(1, 0, 1), "maxOpenWriters is 0 and must be positive");
    assertRefused(
        () -> defaults.withFiles(1, 1, -1), "writerMemoryBytes is -1 and must be positive");
    assertRefused(
        () -> defaults.withMaxMalformedRatio(1.01),
        "maxMalformedRatio is 1.01 and must be from 0 to 1");
    assertRefused(
        () -> defaults.withMaxMalformedRatio(-0.01),
        "maxMalformedRatio is -0.01 and must be from 0 to 1");
    assertRefused(
        () -> defaults.withMaxMalformedRatio(Double.NaN),
        "maxMalformedRatio is NaN and must be from 0 to 1");
  }

  @Test
  void partitionsByATimestampOfTheSchemaOnly() {
    assertThat(partitioned(SCHEMA, "at").partitioning()).isNotNull();
    assertThat(partitioned(SCHEMA, "local").partitioning()).isNotNull();
    assertRefused(
        () -> partitioned(SCHEMA, "when"),
        "there is no field when to partition by; there are [id, at, local]");
    assertRefused(
        () -> partitioned(SCHEMA, "id"),
        "the field id is LONG; only TIMESTAMP and TIMESTAMP_NTZ have a date and an hour");
    assertRefused(
        () -> partitioned(SchemaParser.parse("at TIMESTAMP, Hour INT"), "at"),
        "the field Hour has the name of a partition; rename it, or do not partition");
  }

  private static ConversionOptions partitioned(Type.Struct schema, String column) {
    return ConversionOptions.of(schema).withPartitioning(new Partitioning(column, ZoneOffset.UTC));
  }

  private static void assertRefused(ThrowingCallable options, String message) {
    assertThatThrownBy(options).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
