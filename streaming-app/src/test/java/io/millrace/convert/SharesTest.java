package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void eachGetsAllWhereThereIsEnough() {
    assertThat(Shares.of(Map.of(1L, 3L, 2L, 7L), 10)).isEqualTo(Map.of(1L, 3L, 2L, 7L));
  }

  @Test
  void theSmallOnesGetAllAndTheLargeOnesEquallyMuch() {
    assertThat(Shares.of(Map.of(1L, 1_000_000L, 2L, 4L, 3L, 900L), 100))
        .isEqualTo(Map.of(1L, 48L, 2L, 4L, 3L, 48L));
  }

  @Test
  void nothingIsDividedIntoNothing() {
    assertThat(Shares.of(Map.of(1L, 5L, 2L, 6L), 0)).isEqualTo(Map.of(1L, 0L, 2L, 0L));
    assertThat(Shares.of(Map.of(), 5)).isEmpty();
  }
}
