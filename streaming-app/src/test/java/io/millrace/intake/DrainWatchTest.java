package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.queue.QueueDepth;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainWatchTest {
  private static final Instant LIMIT = Instant.parse("2026-05-04T03:02:01Z");
  private static final QueueDepth EMPTY = new QueueDepth(0, 0, 0);

  private final DrainWatch watch = new DrainWatch(LIMIT);

  @BeforeEach
  void isNotDrainedBeforeItSawAnything() {
    assertThat(watch.isDrained(EMPTY)).isFalse();
  }

  @Test
  void severalEmptyPollsAndCountsOfZeroDrainAQueue() {
    see(DrainWatch.QUIET_POLLS - 1, List.of());
    assertThat(watch.isDrained(EMPTY)).isFalse();
    see(1, List.of());
    assertThat(watch.isDrained(EMPTY)).isTrue();
    assertThat(watch.isDrained(new QueueDepth(1, 0, 0))).isFalse();
    assertThat(watch.isDrained(new QueueDepth(0, 1, 0))).isFalse();
    assertThat(watch.isDrained(new QueueDepth(0, 0, 1))).isFalse();
  }

  @Test
  void anOlderMessageBeginsTheCountAnew() {
    see(DrainWatch.NEWER_POLLS, List.of(LIMIT));
    see(1, List.of(LIMIT, LIMIT.minusMillis(1)));
    assertThat(watch.isDrained(EMPTY)).isFalse();
  }

  @Test
  void manyPollsWithNewerMessagesOnlyMakeUpForCounts() {
    QueueDepth busy = new QueueDepth(100, 40, 0);
    see(DrainWatch.NEWER_POLLS - 1, List.of(LIMIT));
    assertThat(watch.isDrained(busy)).isFalse();
    see(1, List.of(LIMIT));
    assertThat(watch.isDrained(busy)).isTrue();
  }

  private void see(int polls, List<Instant> sent) {
    for (int i = 0; i < polls; i++) {
      watch.saw(sent);
    }
  }
}
