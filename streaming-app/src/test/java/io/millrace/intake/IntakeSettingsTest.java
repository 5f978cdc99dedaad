package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeSettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long TEN_MIB = 10 << 20;

  @Test
  void theDefaultsAreThese() {
    assertThat(IntakeSettings.defaults())
        .isEqualTo(new IntakeSettings(4, Duration.ofSeconds(20), 10_000, 134_217_728));
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    assertThat(new IntakeSettings(1, SECOND, 10, TEN_MIB).pollers()).isOne();
    assertRefused("pollers", 0, SECOND, 10, TEN_MIB);
    assertRefused("pollers", 65, SECOND, 10, TEN_MIB);
    assertRefused("pollWait", 1, Duration.ZERO, 10, TEN_MIB);
    assertRefused("pollWait", 1, Duration.ofMillis(1500), 10, TEN_MIB);
    assertRefused("pollWait", 1, Duration.ofSeconds(21), 10, TEN_MIB);
    assertRefused("maxUndurableMessages", 1, SECOND, 9, TEN_MIB);
    assertRefused("maxUndurableBytes", 1, SECOND, 10, TEN_MIB - 1);
  }

  @Test
  void theBackOffGrowsToItsLimit() {
    assertThat(Intake.backOff(1)).isEqualTo(Intake.FIRST_BACK_OFF);
    assertThat(Intake.backOff(3)).isEqualTo(Intake.FIRST_BACK_OFF.multipliedBy(4));
    assertThat(Intake.backOff(Integer.MAX_VALUE)).isEqualTo(Intake.LAST_BACK_OFF);
  }

  private static void assertRefused(
      String name, int pollers, Duration wait, int messages, long bytes) {
    assertThatThrownBy(() -> new IntakeSettings(pollers, wait, messages, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }
}
