package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSizingTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final long LEAST = 64 * MIB;

  private final TaskSizing sizing = new TaskSizing(LEAST, 256 * MIB);

  @Test
  void theLeastIsGivenBeforeAnythingIsKnown() {
    assertThat(sizing.splitBytes(objects(1000, 4 * GIB), 16)).isEqualTo(LEAST);
  }

  @Test
  void splitsAreSuchThatFilesComeNearTheirTarget() {
    sizing.observe(100 * GIB, 10 * GIB);

    assertThat(sizing.splitBytes(objects(1000, 4 * GIB), 16) * sizing.ratio())
        .isCloseTo(0.9 * 256 * MIB, within(1.0));
  }

  @Test
  void everySlotIsGivenSomethingWhereThereIsEnough() {
    sizing.observe(100 * GIB, 10 * GIB);

    assertThat(sizing.splitBytes(objects(1, 4 * GIB), 16)).isEqualTo((4 * GIB + MIB) / 16);
    assertThat(sizing.splitBytes(objects(1, GIB), 1000)).isEqualTo(LEAST);
  }

  @Test
  void recordsThatGrowNeverMakeTasksSmallerThanTheLeast() {
    sizing.observe(GIB, 100 * GIB);

    assertThat(sizing.splitBytes(objects(10, 4 * GIB), 1)).isEqualTo(LEAST);
  }

  @Test
  void theLatestBatchesCountMost() {
    sizing.observe(1000 * GIB, 1000 * GIB);
    sizing.observe(640 * GIB, 64 * GIB);

    assertThat(sizing.ratio()).isCloseTo(0.1, within(0.01));
  }

  @Test
  void theSameBatchesGiveTheSameSize() {
    TaskSizing other = new TaskSizing(LEAST, 256 * MIB);
    for (TaskSizing each : List.of(sizing, other)) {
      each.observe(12_345_678, 1_234_567);
      each.observe(7_654_321, 654_321);
    }

    List<Arrival> batch = objects(77, GIB);
    assertThat(sizing.splitBytes(batch, 3)).isEqualTo(other.splitBytes(batch, 3));
  }

  private static List<Arrival> objects(int count, long bytes) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Notification object =
          new Notification("b", "k" + i, null, "e", null, bytes, Instant.EPOCH, Origin.EVENT);
      arrivals.add(new Arrival(i, object, Instant.EPOCH, false));
    }
    return arrivals;
  }
}
