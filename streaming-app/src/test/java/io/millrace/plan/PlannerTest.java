package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final long MIB = 1 << 20;

  @Test
  void aLargeObjectIsSplitIntoEqualPieces() {
    List<List<Split>> tasks = new Planner(100).plan(List.of(arrival(1, 250)));

    assertThat(tasks)
        .extracting(task -> task.get(0).start() + ".." + task.get(0).end())
        .containsExactly("0..84", "84..168", "168..250");
  }

  @Test
  void smallObjectsArePackedByWhatTheyCost() {
    List<Arrival> small = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      small.add(arrival(i, 10));
    }

    List<List<Split>> tasks = new Planner(4 * MIB + 100).plan(small);

    assertThat(tasks).extracting(List::size).containsExactly(4, 4, 2);
  }

  @Test
  void anEmptyBatchHasNoTasks() {
    assertThat(new Planner(100).plan(List.of())).isEmpty();
  }

  @Test
  void everyByteIsInExactlyOneSplit() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>(List.of(arrival(1, Long.MAX_VALUE)));
    for (int i = 2; i <= 200; i++) {
      arrivals.add(arrival(i, (random.nextLong() >>> 1) >>> random.nextInt(64)));
    }

    Map<Long, Long> reached = new TreeMap<>();
    for (List<Split> task : new Planner(1L << 55).plan(arrivals)) {
      for (Split split : task) {
        assertThat(split.start())
            .as("seed %d", seed)
            .isEqualTo(reached.getOrDefault(split.arrival().ordinal(), 0L));
        reached.put(split.arrival().ordinal(), split.end());
      }
    }

    for (Arrival arrival : arrivals) {
      assertThat(reached.get(arrival.ordinal()))
          .as("seed %d", seed)
          .isEqualTo(arrival.object().sizeBytes());
    }
  }

  private static Arrival arrival(long ordinal, long size) {
    Notification object =
        new Notification(
            "bucket", "key" + ordinal, null, "etag", null, size, Instant.EPOCH, Origin.EVENT);
    return new Arrival(ordinal, object, Instant.EPOCH, false);
  }
}
