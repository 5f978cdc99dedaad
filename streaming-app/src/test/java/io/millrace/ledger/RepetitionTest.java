package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the same content again is a repetition, and when it is to be read. */
class RepetitionTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final MemoryLedgerStore store = new MemoryLedgerStore();

  @ParameterizedTest
  @CsvSource({"REPLACE,GONE", "REPLACE,CHANGED", "APPEND,GONE", "APPEND,CHANGED", "IGNORE,GONE"})
  void whatWasNotThereWhenItWasReadIsReadAgainOnceItIsWrittenAlike(
      OnOverwrite policy, Outcome.Kind outcome) {
    Ledger ledger = with(policy);
    ledger.append(List.of(event("k", "e1", "01")));
    commit(ledger, outcome);
    assertThat(ledger.append(List.of(event("k", "e1", "01"))).duplicates()).isEqualTo(1);

    assertThat(ledger.append(List.of(event("k", "e1", "05")))).isEqualTo(new AppendResult(1, 0, 0));

    assertThat(ledger.isNewest(ledger.arrivals(1, 2).get(0))).isTrue();
    Ledger next = with(policy);
    next.catchUp(new CommittedOffset(1, 1));
    assertThat(next.append(List.of(event("k", "e1", "05"))).duplicates()).isEqualTo(1);
    commit(next, Outcome.Kind.CONVERTED);
    assertThat(next.append(List.of(event("k", "e1", "07"), listing("k", "e1"))))
        .isEqualTo(new AppendResult(0, 2, 0));
  }

  @Test
  void whatWasNotThereWhenItWasReadIsReadAgainWhereAListingSeesIt() {
    Ledger ledger = open();
    ledger.append(List.of(event("k", "e1", "01")));
    commit(ledger, Outcome.Kind.GONE);

    assertThat(ledger.append(List.of(listing("k", "e1"), listing("k", "e1"))))
        .isEqualTo(new AppendResult(1, 1, 0));
    assertThat(ledger.isNewest(ledger.arrivals(1, 2).get(0))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsToldAgainWhileItsObjectIsFoundGoneIsReadOnceMore(OnOverwrite policy) {
    Ledger ledger = with(policy);
    ledger.append(List.of(event("k", "e1", "01")));
    PreparedBatch gone = prepareAll(ledger, Outcome.Kind.GONE);
    ledger.append(List.of(event("k", "e1", "05")));
    assertThat(ledger.head()).isEqualTo(1);
    Ledger restarted = with(policy);

    restarted.catchUp(new CommittedOffset(1, 1));

    assertThat(restarted.head()).isEqualTo(2);
    Arrival again = restarted.arrivals(1, 2).get(0);
    assertThat(again.object().sequencer()).isEqualTo("05");
    assertThat(restarted.isNewest(again)).isTrue();
    assertThat(restarted.append(List.of(event("k", "e1", "05"))).duplicates()).isEqualTo(1);
    Ledger third = with(policy);
    third.catchUp(new CommittedOffset(1, 1));
    assertThat(third.head()).isEqualTo(2);
    commit(third, gone.outcomes().get(0).kind());
    assertThat(third.head()).as("nothing was told since").isEqualTo(2);
  }

  @Test
  void aRetriedPutThatIsOverwrittenInTheSameAppendIsKnownAfterARestart() {
    Ledger ledger = with(OnOverwrite.APPEND);
    ledger.append(List.of(event("k", "e1", "01")));
    ledger.append(List.of(event("k", "e1", "05"), event("k", "e2", "06")));

    assertThat(ledger.append(List.of(event("k", "e1", "05"))).duplicates()).isEqualTo(1);
    assertThat(with(OnOverwrite.APPEND).append(List.of(event("k", "e1", "05"))).duplicates())
        .isEqualTo(1);
  }

  @Test
  void aReplayWithAnOutdatedSequencerRanksInFrontOfWhatItRepeats() {
    Ledger ledger = open();
    ledger.append(List.of(event("k", "e1", "01")));
    commit(ledger, Outcome.Kind.CONVERTED);
    Notification replay = new Notification("b", "k", null, "e1", "01", 10, NOON, Origin.REPLAY);
    ledger.append(List.of(event("k", "e1", "05"), replay));

    for (Ledger each : List.of(ledger, open())) {
      each.catchUp(new CommittedOffset(1, 1));
      Arrival replayed = each.arrivals(1, 2).get(0);
      assertThat(each.isNewest(replayed)).isTrue();
      assertThat(each.replacedBy(List.of(replayed))).containsExactly(1L);
    }
    Ledger last = open();
    last.catchUp(new CommittedOffset(1, 1));
    commit(last, Outcome.Kind.CONVERTED);
    last.append(List.of(event("k", "e2", "06")));
    assertThat(last.replacedBy(last.arrivals(2, 3))).containsExactly(2L);
  }

  /** A listing says nothing of order: what it tells of may be newer than what events told of. */
  @Test
  void aListingAndTheEventOfWhatItToldOfAreOneArrival() {
    Ledger ledger = with(OnOverwrite.APPEND);
    ledger.append(List.of(event("k", "e1", "01"), listing("k", "e2")));

    assertThat(ledger.append(List.of(event("k", "e2", "05"))).duplicates()).isEqualTo(1);

    for (Ledger each : List.of(ledger, with(OnOverwrite.APPEND))) {
      assertThat(each.head()).isEqualTo(2);
      assertThat(each.isNewest(each.arrivals(1, 2).get(0))).isTrue();
    }
    Ledger last = with(OnOverwrite.APPEND);
    assertThat(last.append(List.of(event("k", "e2", "05"), listing("k", "e2"))))
        .isEqualTo(new AppendResult(0, 2, 0));
    assertThat(last.append(List.of(event("k", "e3", "06"), event("k", "e2", "07"))))
        .as("the same content, written again after another")
        .isEqualTo(new AppendResult(2, 0, 0));
  }

  @Test
  void theEventOfWhatAListingToldOfMayBeOlderThanTheNewest() {
    Ledger ledger = with(OnOverwrite.APPEND);
    ledger.append(List.of(listing("k", "e1"), event("k", "e2", "05")));

    assertThat(ledger.append(List.of(event("k", "e1", "01"))).duplicates()).isEqualTo(1);

    Ledger next = with(OnOverwrite.APPEND);
    assertThat(next.append(List.of(event("k", "e1", "01"))).duplicates()).isEqualTo(1);
    assertThat(next.append(List.of(event("k", "e1", "07")))).isEqualTo(new AppendResult(1, 0, 0));
    assertThat(next.isNewest(next.arrivals(2, 3).get(0))).isTrue();
  }

  /** What a listing told of was overwritten when it was read: its event is of a later write. */
  @ParameterizedTest
  @EnumSource(names = {"SUPERSEDED", "CHANGED", "GONE"})
  void whatWasListedAndNotReadIsReadWithItsEvent(Outcome.Kind outcome) {
    Ledger ledger = with(OnOverwrite.APPEND);
    ledger.append(List.of(event("k", "e1", "01"), listing("k", "e2"), event("k", "e3", "06")));
    PreparedBatch unread = prepareAll(ledger, outcome);
    Ledger before = with(OnOverwrite.APPEND);
    assertThat(before.append(List.of(event("k", "e2", "07"))).duplicates())
        .as("told of before it is known what became of it")
        .isEqualTo(1);
    before.markCommitted(unread);
    assertThat(before.arrivals(3, before.head()))
        .extracting(arrival -> arrival.object().etag())
        .containsExactly("e2");

    assertThat(before.append(List.of(event("k", "e2", "07"))).duplicates()).isEqualTo(1);
  }

  /** A manifest is sent once more after what it told of was overwritten and not read. */
  @ParameterizedTest
  @EnumSource(names = {"SUPERSEDED", "CHANGED", "GONE"})
  void aListingThatComesAgainIsKnownThoughWhatItToldOfWasNotRead(Outcome.Kind outcome) {
    Ledger ledger = open();
    ledger.append(List.of(listing("k", "e1")));
    PreparedBatch first = prepareAll(ledger, outcome);
    ledger.append(List.of(listing("k", "e2")));
    ledger.markCommitted(first);

    for (Ledger each : List.of(ledger, open())) {
      each.catchUp(new CommittedOffset(1, 1));
      assertThat(each.append(List.of(listing("k", "e1"))).duplicates()).isEqualTo(1);
      assertThat(each.isNewest(each.arrivals(1, 2).get(0))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LISTING", "REPLAY"})
  void whatWasPassedOverForWantOfARankIsTakenWithItsEvent(Origin origin) {
    for (boolean versioned : new boolean[] {false, true}) {
      String key = "k" + versioned;
      Ledger ledger = open();
      ledger.append(List.of(version(key, 1, "01", Origin.EVENT, versioned)));
      assertThat(ledger.append(List.of(version(key, 2, null, origin, versioned))).superseded())
          .isEqualTo(1);

      for (Ledger each : List.of(ledger, open())) {
        assertThat(
                each.append(List.of(version(key, 2, null, Origin.LISTING, versioned))).duplicates())
            .isEqualTo(1);
      }
      Ledger next = open();
      assertThat(next.append(List.of(version(key, 2, "05", Origin.EVENT, versioned))))
          .as(key)
          .isEqualTo(new AppendResult(1, 0, 0));
      assertThat(next.isNewest(next.arrivals(next.head() - 1, next.head()).get(0))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"REPLACE,1,0", "APPEND,1,0", "IGNORE,0,1"})
  void aReplayOfAVersionThatIsNewerThanAllEventsIsTaken(
      OnOverwrite policy, int appended, int superseded) {
    Ledger ledger = with(policy);
    ledger.append(List.of(event("k", "e1", "01")));
    Notification replay = new Notification("b", "k", null, "e2", "05", 10, NOON, Origin.REPLAY);

    assertThat(ledger.append(List.of(replay))).isEqualTo(new AppendResult(appended, 0, superseded));
    assertThat(ledger.append(List.of(event("k", "e2", "05"))).duplicates()).isEqualTo(1);
  }

  private Ledger open() {
    return with(OnOverwrite.REPLACE);
  }

  private Ledger with(OnOverwrite policy) {
    return Ledger.takeOver(
        store,
        "s",
        new LedgerSettings(policy, Duration.ofDays(30), 1024),
        InstantSource.fixed(NOON));
  }

  private static void commit(Ledger ledger, Outcome.Kind kind) {
    ledger.markCommitted(prepareAll(ledger, kind));
  }

  /** Prepares all that waits. */
  private static PreparedBatch prepareAll(Ledger ledger, Outcome.Kind kind) {
    long first = ledger.committed().ordinal() + 1;
    List<Outcome> outcomes =
        LongStream.rangeClosed(first, ledger.head())
            .mapToObj(ordinal -> Outcome.without(ordinal, kind, null))
            .toList();
    return ledger.prepare(
        new PreparedBatch(first, ledger.head(), 1, outcomes, List.of(), List.of(), List.of()));
  }

  private static Notification event(String key, String etag, @Nullable String sequencer) {
    return new Notification("b", key, null, etag, sequencer, 10, NOON, Origin.EVENT);
  }

  private static Notification listing(String key, String etag) {
    return new Notification("b", key, null, etag, null, 10, NOON, Origin.LISTING);
  }

  private static Notification version(
      String key, int number, @Nullable String sequencer, Origin origin, boolean versioned) {
    return new Notification(
        "b", key, versioned ? "v" + number : null, "e" + number, sequencer, 10, NOON, origin);
  }
}
