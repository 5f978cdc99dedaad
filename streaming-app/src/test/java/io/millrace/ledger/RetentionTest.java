package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final SnapshotPolicy ALWAYS = new SnapshotPolicy(2, Long.MAX_VALUE);

  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());

  @Test
  void thirtyDaysAreTheDefault() {
    assertThat(LedgerSettings.defaults().retention()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void whatHasLeftIsKnownAgainByItsEventByAListingAndByAReplay() {
    Ledger ledger = withLeftObject(OnOverwrite.REPLACE);

    assertThat(ledger.append(List.of(event("left", 1, NOON)))).isEqualTo(known());
    assertThat(ledger.append(List.of(listing("left", "e1", NOON.plus(DAY))))).isEqualTo(known());
    Ledger next = open(OnOverwrite.REPLACE);
    next.catchUp(ledger.committed());
    assertThat(next.append(List.of(event("left", 1, NOON)))).isEqualTo(known());
    assertThat(next.append(List.of(listing("left", "e1", NOON.plus(DAY))))).isEqualTo(known());

    Notification replay = new Notification("b", "left", null, "e1", "01", 10, NOON, Origin.REPLAY);
    assertThat(next.append(List.of(replay)).appended()).isEqualTo(1);
    Arrival replayed = next.arrivals(next.head() - 1, next.head()).get(0);
    assertThat(next.isNewest(replayed)).isTrue();
    assertThat(next.replacedBy(List.of(replayed))).containsExactly(1L);
  }

  @Test
  void anOlderVersionOfWhatHasLeftIsStillBornSuperseded() {
    Ledger ledger = withLeftObject(OnOverwrite.REPLACE);

    assertThat(ledger.append(List.of(event("left", 0, NOON.minus(DAY)))))
        .isEqualTo(new AppendResult(0, 0, 1));
  }

  @Test
  void aRetriedPutOfWhatHasLeftMovesItsSequencerForGood() {
    Ledger ledger = withLeftObject(OnOverwrite.REPLACE);
    Notification again = new Notification("b", "left", null, "e1", "05", 10, NOON, Origin.EVENT);
    assertThat(ledger.append(List.of(again))).isEqualTo(known());

    Ledger next = open(OnOverwrite.REPLACE);

    assertThat(next.append(List.of(again))).isEqualTo(known());
    assertThat(next.append(List.of(event("left", 3, NOON)))).isEqualTo(new AppendResult(0, 0, 1));
  }

  @Test
  void anAppendThatIsInterruptedWhileItAsksTheHistoryIsNeitherLostNorDoubled() throws Exception {
    Ledger ledger = withLeftObject(OnOverwrite.REPLACE);
    AtomicLong tries = new AtomicLong();
    store.fail(
        new MemoryLedgerStore.Faults() {
          @Override
          public void beforeRead(String name) throws IOException {
            tries.incrementAndGet();
            throw new IOException("out of order");
          }
        });
    List<Notification> objects =
        List.of(event("new", 1, NOON), event("left", 1, NOON), event("new too", 1, NOON));
    List<RuntimeException> failures = new ArrayList<>();
    Thread appender =
        new Thread(
            () -> {
              try {
                ledger.append(objects);
              } catch (LedgerException e) {
                failures.add(e);
              }
            });
    appender.start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> tries.get() > 0);
    appender.interrupt();
    appender.join();
    store.heal();

    assertThat(failures).hasSize(1);
    assertThat(ledger.append(objects)).isEqualTo(new AppendResult(2, 1, 0));
  }

  /** The documented limit: nothing is asked about an event that is later than all that left. */
  @Test
  void aNewVersionOfWhatHasLeftIsReadButLeavesTheOldRowsWhereTheyAre() {
    Ledger ledger = withLeftObject(OnOverwrite.REPLACE);
    noHistoryIsRead();
    Instant later = NOON.plus(Duration.ofDays(60));

    assertThat(ledger.append(List.of(event("left", 2, later))).appended()).isEqualTo(1);

    Arrival arrival = ledger.arrivals(ledger.head() - 1, ledger.head()).get(0);
    assertThat(ledger.isNewest(arrival)).isTrue();
    assertThat(ledger.replacedBy(List.of(arrival))).isEmpty();
  }

  @Test
  void anOverwriteWithinTheSlackOfWhatHasLeftStillReplacesItsRows() {
    Ledger ledger = withLeftObject(OnOverwrite.REPLACE);

    ledger.append(List.of(event("left", 2, NOON.plus(History.EVENT_TIME_SLACK))));

    Arrival arrival = ledger.arrivals(ledger.head() - 1, ledger.head()).get(0);
    assertThat(ledger.replacedBy(List.of(arrival))).containsExactly(1L);
  }

  @Test
  void whatWaitsAndWhatIsRecentStays() {
    Ledger ledger = open(OnOverwrite.REPLACE);
    ledger.append(List.of(event("committed", 1, NOON)));
    SnapshotTest.commitAll(ledger);
    ledger.append(List.of(event("waits", 1, NOON)));
    pass(Duration.ofDays(100));
    ledger.append(List.of(event("x", 1, NOON)));
    ledger.append(List.of(event("y", 1, NOON)));

    assertThat(newest().keys()).isGreaterThan(0);
    assertThat(newest().history()).hasSize(1);
    assertThat(newest().history().get(0).rows()).isEqualTo(1);
    noHistoryIsRead();
    assertThat(ledger.append(List.of(event("waits", 1, NOON)))).isEqualTo(known());
  }

  @Test
  void olderVersionsOfAKeyThatIsWrittenAgainAndAgainLeaveToo() {
    Ledger ledger = open(OnOverwrite.REPLACE);
    for (int version = 1; version <= 9; version++) {
      ledger.append(List.of(event("hot", version, NOON.plusSeconds(version))));
      SnapshotTest.commitAll(ledger);
      pass(Duration.ofDays(20));
    }
    Snapshot snapshot = newest();
    String name = LedgerNames.workingSet(snapshot.number(), 0);
    IndexPart working =
        IndexPart.decode(LedgerFile.Kind.WORKING_SET, name, store.files().get(name));

    assertThat(working.keyCount()).isEqualTo(1);
    assertThat(working.versionCount()).isLessThanOrEqualTo(4); // two fingerprints a version
    for (int version = 1; version <= 9; version++) {
      assertThat(ledger.append(List.of(event("hot", version, NOON.plusSeconds(version)))))
          .isEqualTo(known());
    }
  }

  @Test
  void theHistoryStaysFewRunsAndLosesNothingWhenTheyAreMerged() {
    Ledger ledger = open(OnOverwrite.REPLACE);
    for (int day = 0; day < 80; day++) {
      List<Notification> objects = new ArrayList<>();
      for (int n = 0; n < 1 + day % 7; n++) {
        objects.add(event(day + "/" + n, 1, NOON.plus(DAY.multipliedBy(day))));
      }
      ledger.append(objects);
      SnapshotTest.commitAll(ledger);
      pass(DAY);
    }
    assertThat(newest().history().size()).isBetween(1, History.MAX_RUNS);
    Ledger next = open(OnOverwrite.REPLACE);
    for (int day = 0; day < 80; day++) {
      for (int n = 0; n < 1 + day % 7; n++) {
        assertThat(next.append(List.of(event(day + "/" + n, 1, NOON.plus(DAY.multipliedBy(day))))))
            .as("%d/%d", day, n)
            .isEqualTo(known());
      }
    }
  }

  /**
   * Whatever the driver's clock does, the same is new, known and superseded as with no retention.
   */
  @ParameterizedTest
  @EnumSource(names = {"REPLACE", "APPEND"})
  void aClockThatJumpsChangesNothingOfWhatIsKnown(OnOverwrite policy) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      store.files().clear();
      PlainObjectIndex oracle = new PlainObjectIndex(policy);
      List<Notification> told = new ArrayList<>();
      Ledger ledger = open(policy);
      for (int step = 1; step <= 250; step++) {
        Notification object = told(random, told, step);
        AppendResult expected = judged(oracle, object, ledger.head() + 1);
        assertThat(ledger.append(List.of(object)))
            .as("seed %d, round %d, step %d: %s", seed, round, step, object)
            .isEqualTo(expected);
        if (random.nextInt(4) == 0 && ledger.committed().ordinal() < ledger.head()) {
          SnapshotTest.commitAll(ledger);
        }
        if (random.nextInt(4) == 0) {
          pass(Duration.ofHours(random.nextInt(-30, 24 * 40)));
        }
        if (random.nextInt(25) == 0) {
          CommittedOffset committed = ledger.committed();
          ledger = open(policy);
          ledger.catchUp(committed);
        }
      }
      assertThat(newest().history()).as("seed %d: entries left", seed).isNotEmpty();
    }
  }

  /** A version's event, again or for the first time, late or not, or a listing of it. */
  private static Notification told(Random random, List<Notification> told, int step) {
    if (!told.isEmpty() && random.nextInt(3) > 0) {
      Notification again = told.get(random.nextInt(told.size()));
      if (random.nextInt(3) > 0) {
        return again;
      }
      return listing(again.key(), again.etag(), again.eventTime().plusSeconds(5));
    }
    // Every third version's event is late by up to a hundred others'.
    int written = random.nextInt(3) == 0 ? Math.max(1, step - random.nextInt(100)) : step;
    Notification event =
        new Notification(
            "b",
            "k" + random.nextInt(40),
            null,
            "e" + written,
            "%08X".formatted(written),
            10,
            NOON.plus(Duration.ofHours(5L * written)),
            Origin.EVENT);
    told.add(event);
    return event;
  }

  private static AppendResult judged(PlainObjectIndex oracle, Notification object, long ordinal) {
    return switch (oracle.judge(object)) {
      case NEW -> {
        oracle.apply(new Arrival(ordinal, object, NOON, false));
        yield new AppendResult(1, 0, 0);
      }
      case SUPERSEDED -> {
        oracle.apply(new Arrival(ordinal, object, NOON, true));
        yield new AppendResult(0, 0, 1);
      }
      case SIGHTING -> {
        oracle.sight(object);
        yield known();
      }
      case DUPLICATE -> known();
    };
  }

  /** The key leaves by the age of its version, which may be far older than a retried write. */
  @ParameterizedTest
  @EnumSource(names = {"REPLACE", "APPEND"})
  void whatWasSeenAgainLateIsKnownThoughItsKeyHasLeft(OnOverwrite policy) {
    Ledger ledger = open(policy);
    ledger.append(List.of(event("left", 1, NOON)));
    SnapshotTest.commitAll(ledger);
    pass(Duration.ofDays(29));
    Instant late = NOON.plus(Duration.ofDays(29));
    Notification again = new Notification("b", "left", null, "e1", "05", 10, late, Origin.EVENT);
    ledger.append(List.of(event("between", 1, late)));
    assertThat(ledger.append(List.of(again)).duplicates()).isEqualTo(1);
    SnapshotTest.commitAll(ledger);
    passAndLeave(ledger, Duration.ofDays(11));

    assertThat(ledger.append(List.of(again)).duplicates()).isEqualTo(1);
    assertThat(open(policy).append(List.of(again)).duplicates()).isEqualTo(1);
  }

  @Test
  void aClockThatWasAheadHoldsNothingBackForLong() {
    Ledger ledger = open(OnOverwrite.REPLACE);
    pass(Duration.ofDays(3_650));
    ledger.append(List.of(event("ahead", 1, NOON)));
    SnapshotTest.commitAll(ledger);
    pass(Duration.ofDays(-3_650));
    ledger.append(List.of(event("x", 1, NOON)));
    ledger.append(List.of(event("y", 1, NOON)));
    pass(Duration.ofDays(31));
    ledger.append(List.of(event("z", 1, NOON)));
    ledger.append(List.of(event("z2", 1, NOON)));

    assertThat(newest().history()).hasSize(1);
  }

  @Test
  void marksStayFewHoweverTheClockJumps() {
    Retention retention = new Retention(Duration.ofDays(30));
    Random random = new Random(1);
    for (int i = 1; i <= 3 * Retention.MAX_MARKS; i++) {
      Arrival arrival = new Arrival(i, event("k", 1, NOON), NOON, false);
      retention.committed(List.of(arrival), random.nextLong(1L << 45));
    }
    assertThat(retention.marks()).hasSize(Retention.MAX_MARKS);
    assertThat(retention.due(1L << 46).ordinal()).isEqualTo(3L * Retention.MAX_MARKS);
  }

  /** One object is committed at noon, and leaves forty days later. */
  private Ledger withLeftObject(OnOverwrite policy) {
    Ledger ledger = open(policy);
    ledger.append(List.of(event("left", 1, NOON)));
    SnapshotTest.commitAll(ledger);
    passAndLeave(ledger, Duration.ofDays(40));
    return ledger;
  }

  /** It becomes forty days after noon, and what was committed at noon leaves. */
  private void passAndLeave(Ledger ledger, Duration time) {
    pass(time);
    Instant later = NOON.plus(Duration.ofDays(40));
    ledger.append(List.of(event("recent", 1, later)));
    ledger.append(List.of(event("recent too", 1, later)));
    assertThat(newest().history()).hasSize(1);
  }

  private Ledger open(OnOverwrite policy) {
    return Ledger.takeOver(
        store,
        "s",
        new LedgerSettings(policy, Duration.ofDays(30), 1024),
        clock,
        ALWAYS,
        new InlineExecutor());
  }

  private Snapshot newest() {
    String name =
        store.files().keySet().stream()
            .filter(file -> file.matches("snapshots/[0-9]+"))
            .max(String::compareTo)
            .orElseThrow();
    return Snapshot.decode(name, store.files().get(name));
  }

  private void noHistoryIsRead() {
    store.fail(
        new MemoryLedgerStore.Faults() {
          @Override
          public void beforeRead(String name) {
            assertThat(name).doesNotStartWith("history/");
          }
        });
  }

  private void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  private static AppendResult known() {
    return new AppendResult(0, 1, 0);
  }

  private static Notification event(String key, int version, Instant time) {
    return new Notification("b", key, null, "e" + version, "0" + version, 10, time, Origin.EVENT);
  }

  private static Notification listing(String key, @Nullable String etag, Instant time) {
    return new Notification("b", key, null, etag, null, 10, time, Origin.LISTING);
  }
}
