package io.millrace.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReaderOptionsTest {
  private final ReaderOptions defaults = ReaderOptions.defaults();

  @Test
  void hasTheDefaultsThatAreDocumented() {
    assertThat(defaults)
        .isEqualTo(new ReaderOptions(ZoneOffset.UTC, 67_108_864, 1_000, 1_000, 20_000_000));
  }

  @Test
  void takesLimitsAtTheirBounds() {
    assertThat(defaults.withMaxRecordBytes(1).maxRecordBytes()).isOne();
    assertThat(defaults.withMaxRecordBytes(1 << 30).maxRecordBytes()).isEqualTo(1 << 30);
    assertThat(defaults.withMaxDepth(1).maxDepth()).isOne();
    assertThat(defaults.withMaxNumberChars(64).maxNumberChars()).isEqualTo(64);
    assertThat(defaults.withMaxStringChars(1).maxStringChars()).isOne();
  }

  @Test
  void refusesLimitsOutOfTheirBounds() {
    assertRefused(
        () -> defaults.withMaxRecordBytes(0), "maxRecordBytes must be between 1 and 1073741824: 0");
    assertRefused(
        () -> defaults.withMaxRecordBytes((1 << 30) + 1),
        "maxRecordBytes must be between 1 and 1073741824: 1073741825");
    assertRefused(() -> defaults.withMaxDepth(0), "maxDepth must be between 1 and 1000: 0");
    assertRefused(() -> defaults.withMaxDepth(1001), "maxDepth must be between 1 and 1000: 1001");
    assertRefused(
        () -> defaults.withMaxNumberChars(63), "maxNumberChars must be between 64 and 1000: 63");
    assertRefused(
        () -> defaults.withMaxNumberChars(1001),
        "maxNumberChars must be between 64 and 1000: 1001");
    assertRefused(
        () -> defaults.withMaxStringChars(0), "maxStringChars must be between 1 and 2147483647: 0");
  }

  private static void assertRefused(ThrowingCallable options, String message) {
    assertThatThrownBy(options).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
