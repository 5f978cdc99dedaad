package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sink.OrdinalRanges.Range;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrdinalRangesTest {

  @Test
  void ordinalsThatFollowEachOtherAreOneRange() {
    assertThat(new OrdinalRanges(List.of(7L, 3L, 5L, 4L, 100L)).ranges())
        .containsExactly(new Range(3, 5), new Range(7, 7), new Range(100, 100));
    assertThat(new OrdinalRanges(List.of(9L)).ranges()).containsExactly(new Range(9, 9));
    assertThat(new OrdinalRanges(List.of()).ranges()).isEmpty();
  }

  @Test
  void ofTooManyTheSmallestGapsAreClosed() {
    List<Long> far = LongStream.range(0, OrdinalRanges.MOST).map(i -> i * 1_000).boxed().toList();
    TreeSet<Long> ordinals = new TreeSet<>(far);
    ordinals.add(1_002L);

    assertThat(new OrdinalRanges(List.copyOf(ordinals)).ranges())
        .hasSize(OrdinalRanges.MOST)
        .contains(new Range(1_000, 1_002), new Range(2_000, 2_000));
  }

  @Test
  void everyOrdinalIsInARangeAndMeetsItsFile() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      TreeSet<Long> ordinals = new TreeSet<>();
      for (int i = random.nextInt(300); i >= 0; i--) {
        ordinals.add((long) random.nextInt(1_000));
      }
      OrdinalRanges wanted = new OrdinalRanges(List.copyOf(ordinals));
      List<Range> ranges = wanted.ranges();
      assertThat(ranges).hasSizeLessThanOrEqualTo(OrdinalRanges.MOST);
      assertThat(ordinals)
          .allMatch(o -> ranges.stream().anyMatch(r -> r.first() <= o && o <= r.last()));
      long least = random.nextInt(1_000);
      long greatest = least + random.nextInt(20);
      assertThat(wanted.meet(least, greatest))
          .isEqualTo(!ordinals.subSet(least, greatest + 1).isEmpty());
    }
  }
}
