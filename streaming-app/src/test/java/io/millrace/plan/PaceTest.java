package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  @Test
  void nothingTakesNoTimeAndAnythingIsUnknownAtFirst() {
    assertThat(pace.secondsFor(0, 0)).hasValue(0);
    assertThat(pace.secondsFor(1, 10)).isEmpty();
  }

  @Test
  void whatIsScarcerDecides() {
    pace.observe(10, 1_000, Duration.ofSeconds(10));
    assertThat(pace.secondsFor(5, 5_000).orElseThrow()).isEqualTo(50, within(1e-6));
    assertThat(pace.secondsFor(50, 5).orElseThrow()).isEqualTo(50, within(1e-6));
  }

  @Test
  void objectsWithoutBytesCountAsObjects() {
    pace.observe(10, 0, Duration.ofSeconds(1));
    assertThat(pace.secondsFor(20, 100).orElseThrow()).isEqualTo(2, within(1e-6));
  }

  @Test
  void whatIsOldCountsHalf() {
    pace.observe(1, 1_000, Duration.ofSeconds(1));
    pace.observe(600, 600, Pace.HALF_LIFE);
    double rate = (1_000 / 2.0 + 600) / (1 / 2.0 + 600);
    assertThat(pace.secondsFor(1, 1_000_000).orElseThrow())
        .isEqualTo(1_000_000 / rate, within(1e-3));
  }
}
