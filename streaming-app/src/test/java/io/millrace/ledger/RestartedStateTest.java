package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.Known.Verdict;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a driver knows after a restart is what the one before it knew, whatever that had seen.
 * {@code -Dmillrace.seed=N} repeats a round.
 */
class RestartedStateTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final int KEYS = 4;
  private static final Outcome.Kind[] OUTCOMES = {
    Outcome.Kind.CONVERTED,
    Outcome.Kind.CONVERTED,
    Outcome.Kind.CONVERTED,
    Outcome.Kind.GONE,
    Outcome.Kind.CHANGED,
    Outcome.Kind.SUPERSEDED,
    Outcome.Kind.QUARANTINED
  };

  private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
  private long seed;
  private Random random = new Random(0);
  private int written;

  /** Nothing leaves the working set: it must be the same to the last row. */
  @ParameterizedTest
  @EnumSource
  void theWorkingSetIsTheSameToTheLastRow(OnOverwrite policy) {
    for (int round = 0; round < 60; round++) {
      begin();
      MemoryLedgerStore store = new MemoryLedgerStore();
      SnapshotPolicy snapshots = new SnapshotPolicy(2 + random.nextInt(12), Long.MAX_VALUE);
      Ledger live = open(store, policy, Duration.ofDays(10_000), snapshots);
      for (int step = 0; step < 60; step++) {
        step(live);
        if (random.nextInt(8) == 0) {
          Ledger restarted = restarted(store, live, policy, Duration.ofDays(10_000));

          assertThat(ObjectIndexTest.everything(restarted.state().index()))
              .as("seed %d, step %d, %s", seed, step, policy)
              .isEqualTo(ObjectIndexTest.everything(live.state().index()));
          assertThat(restarted.head()).isEqualTo(live.head());
          assertThat(restarted.backlog()).isEqualTo(live.backlog());
        }
      }
    }
  }

  /** Some is in the history, here or there: every notification must be judged alike. */
  @ParameterizedTest
  @EnumSource
  void notificationsAreJudgedAlikeWhateverHasLeftForTheHistory(OnOverwrite policy) {
    for (int round = 0; round < 40; round++) {
      begin();
      MemoryLedgerStore store = new MemoryLedgerStore();
      SnapshotPolicy snapshots = new SnapshotPolicy(2 + random.nextInt(6), Long.MAX_VALUE);
      Ledger live = open(store, policy, Duration.ofDays(5), snapshots);
      List<Notification> told = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        told.addAll(step(live));
        millis.addAndGet(Duration.ofHours(random.nextInt(48)).toMillis());
        if (random.nextInt(10) == 0) {
          Ledger restarted = restarted(store, live, policy, Duration.ofDays(5));
          for (Notification object : told) {
            assertThat(judged(restarted, object))
                .as("seed %d, step %d, %s: %s", seed, step, policy, object)
                .isEqualTo(judged(live, object));
          }
        }
      }
    }
  }

  private void begin() {
    seed = Long.getLong("millrace.seed", new Random().nextLong());
    random = new Random(seed);
    written = 0;
    millis.set(NOON.toEpochMilli());
  }

  /** An append of a few notifications, or a batch with any outcomes. */
  private List<Notification> step(Ledger ledger) {
    if (random.nextInt(3) == 0 && ledger.head() > ledger.committed().ordinal()) {
      long first = ledger.committed().ordinal() + 1;
      long last = first + random.nextInt((int) (ledger.head() - first) + 1);
      List<Outcome> outcomes = new ArrayList<>();
      for (long ordinal = first; ordinal <= last; ordinal++) {
        outcomes.add(Outcome.without(ordinal, OUTCOMES[random.nextInt(OUTCOMES.length)], null));
      }
      ledger.markCommitted(
          ledger.prepare(
              new PreparedBatch(first, last, 1, outcomes, List.of(), List.of(), List.of())));
      return List.of();
    }
    List<Notification> told = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      told.add(notification());
    }
    ledger.append(told);
    return told;
  }

  private Notification notification() {
    int sequencer = random.nextInt(3) > 0 ? ++written : 1 + random.nextInt(written + 1);
    Origin origin =
        switch (random.nextInt(12)) {
          case 0 -> Origin.LISTING;
          case 1 -> Origin.MANIFEST;
          case 2 -> Origin.REPLAY;
          default -> Origin.EVENT;
        };
    boolean ordered = origin == Origin.EVENT || origin == Origin.REPLAY;
    int key = random.nextInt(KEYS);
    boolean versioned = key % 2 == 1; // every other one
    return new Notification(
        "b",
        "k" + key,
        versioned ? "v" + sequencer : null,
        "e" + random.nextInt(3),
        ordered ? "%08X".formatted(sequencer) : null,
        10,
        NOON.plusSeconds(10L * sequencer), // as the history is asked for what is not later
        origin);
  }

  private static Verdict judged(Ledger ledger, Notification object) {
    Fingerprint key = Fingerprint.ofKey(object);
    LedgerState state = ledger.state();
    Known known = state.index().known(key);
    state.history().recall(List.of(object)).addTo(known, key);
    return known.judge(object, state.index().onOverwrite());
  }

  /** Takes over a copy, so that the live one goes on. */
  private Ledger restarted(
      MemoryLedgerStore store, Ledger live, OnOverwrite policy, Duration retention) {
    MemoryLedgerStore copy = new MemoryLedgerStore();
    copy.files().putAll(store.files());
    Ledger restarted =
        open(copy, policy, retention, new SnapshotPolicy(Long.MAX_VALUE, Long.MAX_VALUE));
    restarted.catchUp(live.committed());
    return restarted;
  }

  private Ledger open(
      MemoryLedgerStore store, OnOverwrite policy, Duration retention, SnapshotPolicy snapshots) {
    return Ledger.takeOver(
        store,
        "s",
        new LedgerSettings(policy, retention, 1024),
        () -> Instant.ofEpochMilli(millis.get()),
        snapshots,
        new InlineExecutor());
  }
}
