package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ParquetOptionsTest {
  private final ParquetOptions defaults = ParquetOptions.defaults();

  @Test
  void hasTheDefaultsThatAreDocumented() {
    assertThat(defaults)
        .isEqualTo(
            new ParquetOptions(
                Codec.zstd(1),
                1_048_576,
                20_000,
                67_108_864,
                1_048_576,
                ParquetOptions.Encodings.ALL,
                32,
                false,
                Map.of("org.apache.spark.version", "3.5.6"),
                "millrace version 0.1.0"));
  }

  @Test
  void takesLimitsFromTheirBoundsOn() {
    ParquetOptions least = defaults.withLimits(1024, 1, 1024, 0).withStatisticsColumns(0);

    assertThat(least.pageBytes()).isEqualTo(1024);
    assertThat(least.pageRows()).isOne();
    assertThat(least.rowGroupBytes()).isEqualTo(1024);
    assertThat(least.dictionaryBytes()).isZero();
    assertThat(least.statisticsColumns()).isZero();
  }

  @Test
  void refusesLimitsOutOfTheirBounds() {
    assertRefused(
        () -> defaults.withLimits(1023, 1, 1024, 0), "pageBytes is 1023 and must be at least 1024");
    assertRefused(
        () -> defaults.withLimits(1024, 0, 1024, 0), "pageRows is 0 and must be at least 1");
    assertRefused(
        () -> defaults.withLimits(1024, 1, 1023, 0),
        "rowGroupBytes is 1023 and must be at least 1024");
    assertRefused(
        () -> defaults.withLimits(1024, 1, 1024, -1),
        "dictionaryBytes is -1 and must be 0 or more");
    assertRefused(
        () -> defaults.withStatisticsColumns(-1), "statisticsColumns is -1 and must be 0 or more");
  }

  @Test
  void addsPairsToThoseThatThereAreAndReplacesThoseOfTheSameKey() {
    assertThat(
            defaults
                .withKeyValueMetadata(Map.of("a", "1", "b", "2"))
                .withKeyValueMetadata(Map.of("b", "3"))
                .keyValueMetadata())
        .isEqualTo(Map.of("org.apache.spark.version", "3.5.6", "a", "1", "b", "3"));
  }

  private static void assertRefused(ThrowingCallable options, String message) {
    assertThatThrownBy(options).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
