package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123456Z");

  private final MemoryLedgerStore store = new MemoryLedgerStore();

  @Test
  void arrivalsSurviveARestartAsTheyWere() {
    Ledger first = open();
    Notification object =
        new Notification("b", "a b/../ü\n", "v1", "e1", "0A", 42, NOON, Origin.EVENT);
    assertThat(first.append(List.of(object, event("k", "e", "01"))))
        .isEqualTo(new AppendResult(2, 0, 0));

    Ledger second = open();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.head()).isEqualTo(2);
    assertThat(second.arrivals(0, 2)).isEqualTo(first.arrivals(0, 2));
    assertThat(second.arrivals(0, 1).get(0).object()).isEqualTo(object);
  }

  @Test
  void theSameVersionAgainIsOneArrivalAcrossRestarts() {
    open().append(List.of(event("k", "e1", "01"), event("k", "e1", "01")));

    Ledger again = open();

    assertThat(again.append(List.of(event("k", "e1", "01"), listing("k", "e1"))))
        .isEqualTo(new AppendResult(0, 2, 0));
    assertThat(again.head()).isEqualTo(1);
  }

  @Test
  void aRetriedPutIsKnownAgainAndMovesTheSequencerDurably() {
    Ledger ledger = open();
    ledger.append(List.of(event("k", "e1", "01")));
    assertThat(ledger.append(List.of(event("k", "e1", "05"))).duplicates()).isEqualTo(1);

    // By its sequencer between the PUT and its repetition: the repetition is the newest.
    assertThat(open().append(List.of(event("k", "e2", "03")))).isEqualTo(new AppendResult(0, 0, 1));
  }

  @Test
  void anOlderVersionIsBornSupersededAndANewerOneIsTheNewest() {
    Ledger ledger = open();
    ledger.append(
        List.of(event("k", "e2", "055"), event("k", "e1", "0549"), event("k", "e3", "06")));

    List<Arrival> arrivals = ledger.arrivals(0, 3);
    assertThat(arrivals).extracting(Arrival::bornSuperseded).containsExactly(false, true, false);
    assertThat(arrivals).extracting(ledger::isNewest).containsExactly(false, false, true);
  }

  @Test
  void aDriverThatIsTakenOverDuringItsStartIsFenced() {
    Ledger old = open();
    Ledger next = open();
    next.append(List.of(event("a", "e", "01")));
    SnapshotTest.commitAll(next);

    assertThatThrownBy(() -> old.catchUp(new CommittedOffset(1, 1)))
        .isInstanceOf(LedgerFencedException.class);
  }

  @Test
  void aDriverThatMeetsANewOwnersLongerBatchIsFenced() {
    Ledger old = open();
    old.append(List.of(event("a", "e", "01")));
    Ledger next = open();
    next.append(List.of(event("b", "e", "01")));
    next.prepare(batch(1, 2, 1));

    assertThatThrownBy(() -> old.prepared(1)).isInstanceOf(LedgerFencedException.class);
    store
        .files()
        .keySet()
        .removeIf(
            name -> name.compareTo(LedgerNames.segment(3)) >= 0 && name.startsWith("segments/"));
    assertThatThrownBy(() -> old.prepared(1))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ends at ordinal 1, and has a prepared batch 1..2");
  }

  @Test
  void overwritesAreTakenOrLeftAsThePolicySays() {
    assertThat(
            with(OnOverwrite.APPEND)
                .append(List.of(event("k", "e2", "02"), event("k", "e1", "01"))))
        .isEqualTo(new AppendResult(2, 0, 0));
    assertThat(
            Ledger.takeOver(
                    new MemoryLedgerStore(),
                    "s",
                    settings(OnOverwrite.IGNORE),
                    InstantSource.system())
                .append(List.of(event("k", "e1", "01"), event("k", "e2", "02"))))
        .isEqualTo(new AppendResult(1, 0, 1));
  }

  @Test
  void aSecondDriverFencesTheFirst() {
    Ledger first = open();
    first.append(List.of(event("a", "e", "01")));
    Ledger second = open();

    assertThatThrownBy(() -> first.append(List.of(event("b", "e", "01"))))
        .isInstanceOf(LedgerFencedException.class)
        .hasMessageContaining("another application has taken the stream over");
    assertThatThrownBy(first::checkOwner).isInstanceOf(LedgerFencedException.class);
    assertThatThrownBy(() -> first.prepare(batch(1, 1, 1)))
        .isInstanceOf(LedgerFencedException.class);
    second.checkOwner();
    assertThat(second.append(List.of(event("b", "e", "01"))).appended()).isEqualTo(1);
  }

  @Test
  void aWriteWhoseReplyWasLostIsNotWrittenTwice() {
    Ledger ledger = open();
    AtomicInteger lost = new AtomicInteger();
    store.fail(
        new MemoryLedgerStore.Faults() {
          @Override
          public void afterPut(String name) throws IOException {
            if (name.startsWith("segments/") && lost.getAndIncrement() == 0) {
              throw new IOException("the reply is lost");
            }
          }
        });

    assertThat(ledger.append(List.of(event("a", "e", "01"))).appended()).isEqualTo(1);
    store.heal();
    ledger.append(List.of(event("b", "e", "01")));

    assertThat(lost).hasValue(2);
    assertThat(open().arrivals(0, 2)).extracting(a -> a.object().key()).containsExactly("a", "b");
  }

  @Test
  void anAppendThatIsInterruptedInAnOutageIsNeitherLostNorDoubled() throws Exception {
    Ledger ledger = open();
    AtomicInteger tries = new AtomicInteger();
    store.fail(
        new MemoryLedgerStore.Faults() {
          @Override
          public void beforePut(String name) throws IOException {
            tries.incrementAndGet();
            throw new IOException("out of order");
          }
        });
    List<RuntimeException> failures = new ArrayList<>();
    Thread appender =
        new Thread(
            () -> {
              try {
                ledger.append(List.of(event("a", "e", "01")));
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
    assertThat(ledger.head()).isZero();
    assertThat(ledger.append(List.of(event("a", "e", "01"), event("b", "e", "01"))))
        .isEqualTo(new AppendResult(1, 1, 0));
    assertThat(open().arrivals(0, 2)).extracting(a -> a.object().key()).containsExactly("a", "b");
  }

  @Test
  void admissionIsBoundedByObjectsAndBytesButTakesOneAlways() {
    Ledger ledger = open();
    ledger.append(
        List.of(
            sized("a", 10), sized("b", 10), sized("c", 10), sized("huge", 1000), sized("d", 1)));

    assertThat(ledger.admissible(0, 2, 1000, 0)).isEqualTo(2);
    assertThat(ledger.admissible(0, 100, 25, 0)).isEqualTo(2);
    assertThat(ledger.admissible(0, 100, 30, 0)).isEqualTo(3);
    assertThat(ledger.admissible(0, 100, 1, 0)).isEqualTo(1);
    assertThat(ledger.admissible(3, 100, 30, 0)).isEqualTo(4);
    assertThat(ledger.admissible(5, 100, 30, 0)).isEqualTo(5);
    assertThat(ledger.admissible(0, 100, Long.MAX_VALUE, 0)).isEqualTo(5);
    assertThat(ledger.admissible(0, Long.MAX_VALUE, 30, 5)).isEqualTo(2);
    assertThat(ledger.admissible(1, Long.MAX_VALUE, 30, 5)).isEqualTo(3);
    assertThat(ledger.backlog())
        .isEqualTo(new Backlog(5, 1031, NOON.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
  }

  @Test
  void aPreparedBatchReadsBackAndStandsAgainstALaterOne() {
    Ledger ledger = open();
    ledger.append(List.of(event("a", "e", "01"), event("b", "e", "01")));
    PreparedBatch mine = batch(1, 2, 1);

    assertThat(ledger.prepare(mine)).isEqualTo(mine);
    assertThat(open().prepared(1)).contains(mine);
    PreparedBatch other =
        new PreparedBatch(1, 2, 1, mine.outcomes(), List.of(), List.of(), List.of());
    assertThat(open().prepare(other)).isEqualTo(mine);
  }

  @Test
  void theNewestAttemptIsTheOneThatStands() {
    Ledger ledger = open();
    ledger.append(List.of(event("a", "e", "01")));
    ledger.prepare(batch(1, 1, 1));
    ledger.prepare(batch(1, 1, 2));

    assertThat(ledger.prepared(1)).contains(batch(1, 1, 2));
  }

  @Test
  void aNewDriverLearnsFromTheTableWhatIsCommittedAndWhatItReplaces() {
    Ledger ledger = open();
    ledger.append(List.of(event("a", "e", "01"), event("b", "e", "01")));
    ledger.prepare(batch(1, 1, 1));
    ledger.prepare(batch(1, 1, 2));
    ledger.markCommitted(batch(1, 1, 2));
    ledger.prepare(batch(2, 2, 1));

    Ledger next = open();
    next.catchUp(new CommittedOffset(2, 1));
    next.append(List.of(event("a", "e2", "02")));

    assertThat(next.committed()).isEqualTo(new CommittedOffset(2, 1));
    assertThat(next.backlog().objects()).isEqualTo(1);
    assertThat(next.replacedBy(next.arrivals(2, 3))).containsExactly(1L);
  }

  @Test
  void aTableAheadOfTheLedgerOrBehindItIsRefused() {
    Ledger ledger = open();
    ledger.append(List.of(event("a", "e", "01")));
    ledger.prepare(batch(1, 1, 1));
    ledger.markCommitted(batch(1, 1, 1));
    ledger.append(List.of(event("b", "e", "01")));

    assertThatThrownBy(() -> open().catchUp(new CommittedOffset(3, 1)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ordinal 3 is committed; the ledger ends at 2");
    assertThatThrownBy(() -> open().catchUp(CommittedOffset.NONE))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("knows 1 to be committed");
  }

  @Test
  void aDamagedSegmentIsNamed() {
    open().append(List.of(event("a", "e", "01")));
    store.files().computeIfPresent("segments/000000000002", (name, file) -> flipped(file));

    assertThatThrownBy(this::open)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("segments/000000000002 is damaged");
  }

  @Test
  void aLedgerOfAnotherStreamIsRefused() {
    open();
    assertThatThrownBy(
            () ->
                Ledger.takeOver(store, "other", LedgerSettings.defaults(), InstantSource.system()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("is of stream 's', not of 'other'");
  }

  @Test
  void requestsAreAnsweredInTheirOrder() {
    Ledger ledger = open();
    assertThat(ledger.nextRequest()).isEmpty();
    for (int number = 1; number <= 2; number++) {
      store
          .files()
          .put(
              LedgerNames.request(number),
              Requests.encode(java.util.UUID.randomUUID(), "replay", "{\"n\":" + number + "}"));
    }

    LedgerRequest first = ledger.nextRequest().orElseThrow();
    assertThat(first).isEqualTo(new LedgerRequest(1, "replay", "{\"n\":1}"));
    ledger.answer(first, "{}");

    assertThat(open().nextRequest()).contains(new LedgerRequest(2, "replay", "{\"n\":2}"));
  }

  @Test
  void rejectedMessagesAreKeptWithTheirBodiesCut() {
    Ledger ledger =
        Ledger.takeOver(
            store,
            "s",
            new LedgerSettings(OnOverwrite.REPLACE, Duration.ofDays(1), 5),
            InstantSource.system());
    ledger.reject(List.of(new RejectedMessage("m", "ab€cdef", "not JSON", NOON, NOON)));

    String name = LedgerNames.rejected(1, 1);
    byte[] file = store.files().get(name);
    assertThat(RejectedCodec.decode(name, file))
        .extracting(RejectedMessage::body, RejectedMessage::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("ab€", "not JSON"));
  }

  @Test
  void manyCallersShareSegmentsAndLoseNothing() throws Exception {
    Ledger ledger = open();
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      String prefix = "c" + caller + "-";
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50; i++) {
                  ledger.append(
                      List.of(event(prefix + i, "e", "01"), event("shared" + i, "e", "01")));
                }
              });
      callers.add(thread);
      thread.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(ledger.head()).isEqualTo(8 * 50 + 50);
    assertThat(open().arrivals(0, ledger.head()))
        .extracting(Arrival::ordinal)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 450).boxed().toList());
  }

  private Ledger open() {
    return with(OnOverwrite.REPLACE);
  }

  private Ledger with(OnOverwrite policy) {
    return Ledger.takeOver(store, "s", settings(policy), InstantSource.fixed(NOON));
  }

  private static LedgerSettings settings(OnOverwrite policy) {
    return new LedgerSettings(policy, Duration.ofDays(30), 1024);
  }

  private static Notification event(String key, String etag, @Nullable String sequencer) {
    return new Notification("b", key, null, etag, sequencer, 10, NOON, Origin.EVENT);
  }

  private static Notification listing(String key, String etag) {
    return new Notification("b", key, null, etag, null, 10, NOON, Origin.LISTING);
  }

  private static Notification sized(String key, long bytes) {
    return new Notification("b", key, null, "e", "01", bytes, NOON, Origin.EVENT);
  }

  private static PreparedBatch batch(long first, long last, int attempt) {
    List<Outcome> outcomes =
        LongStream.rangeClosed(first, last)
            .mapToObj(o -> new Outcome(o, Outcome.Kind.CONVERTED, null, 3, 2, 1, 99))
            .toList();
    OutputFile file =
        new OutputFile(
            "date=2026-11-01/part-" + attempt, 5, 2, Map.of("date", "2026-11-01"), "{}", 7);
    return new PreparedBatch(first, last, attempt, outcomes, List.of(file), List.of(), List.of());
  }

  private static byte[] flipped(byte[] file) {
    byte[] damaged = file.clone();
    damaged[damaged.length / 2] ^= 1;
    return damaged;
  }
}
