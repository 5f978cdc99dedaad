package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.Segment.Owner;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingArrivalsTest {

  @Test
  void itCountsAsOneWhoWalksThroughAllOfThemDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    WaitingArrivals waiting = new WaitingArrivals();
    Deque<Arrival> expected = new ArrayDeque<>();
    long ordinal = 0;
    for (int step = 0; step < 3_000; step++) {
      for (int n = random.nextInt(step < 1_500 ? 12 : 4); n > 0; n--) {
        Arrival arrival = arrival(++ordinal, random);
        waiting.add(arrival);
        expected.add(arrival);
      }
      for (int n = random.nextInt(8); n > 0 && !expected.isEmpty(); n--) {
        waiting.commit(expected.remove().ordinal());
      }
      long bytes =
          expected.stream().mapToLong(a -> a.bornSuperseded() ? 0 : a.object().sizeBytes()).sum();
      Instant oldest =
          expected.stream().map(a -> a.object().eventTime()).min(Instant::compareTo).orElse(null);
      assertThat(waiting.backlog())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(new Backlog(expected.size(), bytes, oldest));
      assertThat(waiting.head()).isEqualTo(ordinal);
    }
    WaitingArrivals.Copy copy = waiting.copy();
    WaitingArrivals restored = new WaitingArrivals();
    restored.begin(copy.committed());
    for (int i = 0; i < copy.bytes().length; i++) {
      restored.add(copy.committed() + 1 + i, copy.bytes()[i], copy.eventMillis()[i]);
    }
    assertThat(restored.backlog()).as("seed %d", seed).isEqualTo(waiting.backlog());
  }

  @Test
  void ofDecodedSegmentsNoMoreArrivalsAreKeptThanTheLimit() {
    SegmentCache cache = new SegmentCache();
    Random random = new Random(1);
    int perSegment = 10_000;
    for (int number = 1; number <= 8; number++) {
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < perSegment; i++) {
        arrivals.add(arrival((number - 1L) * perSegment + i + 1, random));
      }
      cache.put(
          new Segment(
              number,
              new Owner(1, new UUID(0, 0), "test"),
              arrivals.get(0).ordinal(),
              arrivals,
              List.of(),
              CommittedOffset.NONE,
              1,
              0));
      assertThat(cache.get(1)).as("used last but one").isNotNull();
    }
    List<Integer> kept = new ArrayList<>();
    for (int number = 1; number <= 8; number++) {
      if (cache.get(number) != null) {
        kept.add(number);
      }
    }
    assertThat(kept).containsExactly(1, 5, 6, 7, 8);
    assertThat(kept).hasSize(SegmentCache.MAX_ARRIVALS / perSegment);
  }

  private static Arrival arrival(long ordinal, Random random) {
    Notification object =
        new Notification(
            "b",
            "k" + ordinal,
            null,
            "e",
            null,
            random.nextInt(1_000),
            Instant.ofEpochMilli(1_000_000 + random.nextInt(10_000)),
            Origin.EVENT);
    return new Arrival(ordinal, object, Instant.EPOCH, random.nextInt(10) == 0);
  }
}
