package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Test
  void waitsDoubleUpToABoundAndBeginAfreshAfterASuccess() {
    BackOff backOff = new BackOff(() -> 0.999999, wait -> {});

    assertThat(backOff.failed()).isBetween(seconds(0.9), BackOff.FIRST);
    assertThat(backOff.failed()).isBetween(seconds(1.9), seconds(2));
    assertThat(backOff.failed()).isBetween(seconds(3.9), seconds(4));
    for (int i = 0; i < 100; i++) {
      backOff.failed();
    }
    assertThat(backOff.failed()).isBetween(seconds(119), BackOff.LONGEST);

    backOff.succeeded();
    assertThat(backOff.failed()).isLessThanOrEqualTo(BackOff.FIRST);
  }

  @Test
  void jitterTakesUpToHalfOfAWaitAway() {
    assertThat(new BackOff(() -> 0, wait -> {}).failed()).isEqualTo(Duration.ofMillis(500));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
