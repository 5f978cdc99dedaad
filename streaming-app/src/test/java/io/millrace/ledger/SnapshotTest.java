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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final SnapshotPolicy NEVER = new SnapshotPolicy(Long.MAX_VALUE, Long.MAX_VALUE);

  /** After each segment but the snapshot's own. */
  private static final SnapshotPolicy ALWAYS = new SnapshotPolicy(2, Long.MAX_VALUE);

  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());

  @Test
  void theDefaultsAreAThousandSegmentsAndAHundredThousandArrivalsAndGrowWithTheSnapshot() {
    SnapshotPolicy policy = SnapshotPolicy.defaults();

    assertThat(policy).isEqualTo(new SnapshotPolicy(1_000, 100_000));
    assertThat(policy.isDue(999, 99_999, 0)).isFalse();
    assertThat(policy.isDue(1_000, 0, 0)).isTrue();
    assertThat(policy.isDue(0, 100_000, 0)).isTrue();
    assertThat(policy.isDue(3_999, 624_999, 10_000_000)).isFalse();
    assertThat(policy.isDue(4_000, 0, 10_000_000)).isTrue();
    assertThat(policy.isDue(0, 625_000, 10_000_000)).isTrue();
  }

  @Test
  void aStartReadsTheSameHoweverLongTheHistoryIs() {
    long[] reads = new long[2];
    for (int i = 0; i < 2; i++) {
      MemoryLedgerStore aged = new MemoryLedgerStore();
      Ledger ledger = open(aged, new SnapshotPolicy(50, Long.MAX_VALUE));
      for (int n = 0; n < (i == 0 ? 110 : 3_210); n++) {
        ledger.append(List.of(event("k" + n, 1)));
        commitAll(ledger);
      }
      long before = aged.reads();
      Ledger next = open(aged, NEVER);
      next.catchUp(ledger.committed());
      reads[i] = aged.reads() - before;

      assertThat(next.head()).isEqualTo(ledger.head());
      assertThat(next.append(List.of(event("k0", 1), event("k105", 1))).duplicates()).isEqualTo(2);
    }

    assertThat(reads[1]).isLessThan(reads[0] + 100); // of 3,200: two for each doubling, no more
  }

  @Test
  void anyRangeOfArrivalsIsStillReadFromFewFiles() {
    Ledger ledger = open(store, new SnapshotPolicy(50, Long.MAX_VALUE));
    for (int n = 0; n < 1_000; n++) {
      ledger.append(List.of(event("a" + n, 1), event("b" + n, 1), event("c" + n, 1)));
    }
    Ledger next = open(store, NEVER);
    long before = store.reads();

    assertThat(next.arrivals(10, 13))
        .extracting(arrival -> arrival.object().key())
        .containsExactly("b3", "c3", "a4");
    assertThat(store.reads() - before).isLessThan(20);
    assertThat(next.arrivals(0, 3_000))
        .extracting(Arrival::ordinal)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 3_000).boxed().toList());
    assertThat(next.arrivals(3_000, 3_000)).isEmpty();
  }

  @Test
  void whatWaitsAndWhatIsCommittedComeBackWithASnapshot() {
    Ledger ledger = open(store, ALWAYS);
    ledger.append(List.of(event("a", 1), event("b", 1)));
    commitAll(ledger);
    ledger.append(List.of(event("c", 1), event("a", 2)));
    ledger.append(List.of(event("d", 1)));
    Backlog waiting = ledger.backlog();
    assertThat(newestSnapshot().number()).isEqualTo(ledgerHeadSegment() - 1);

    Ledger next = open(store, NEVER);

    assertThat(next.backlog()).isEqualTo(waiting);
    assertThat(next.committed()).isEqualTo(new CommittedOffset(2, 1));
    next.catchUp(new CommittedOffset(2, 1));
    assertThat(next.replacedBy(next.arrivals(3, 4))).containsExactly(1L);
    assertThat(next.admissible(2, 2, 1_000, 0)).isEqualTo(4);
  }

  @Test
  void catchingUpBeginsAtTheSnapshot() {
    Ledger ledger = open(store, ALWAYS);
    for (int n = 0; n < 50; n++) {
      ledger.append(List.of(event("k" + n, 1)));
      commitAll(ledger);
    }
    store.files().keySet().removeIf(name -> name.startsWith("prepared/00000000000"));
    store.files().keySet().removeIf(name -> name.startsWith("prepared/00000000001"));

    Ledger next = open(store, NEVER);
    next.catchUp(new CommittedOffset(50, 1));

    assertThat(next.backlog().objects()).isZero();
  }

  @Test
  void requestsThatWereAnsweredBeforeASnapshotStayAnswered() {
    for (int number = 1; number <= 2; number++) {
      store
          .files()
          .put(
              LedgerNames.request(number),
              Requests.encode(new java.util.UUID(1, number), "replay", "{}"));
    }
    Ledger ledger = open(store, ALWAYS);
    ledger.answer(ledger.nextRequest().orElseThrow(), "{}");
    ledger.append(List.of(event("a", 1)));
    ledger.append(List.of(event("b", 1)));
    store.files().remove(LedgerNames.request(1));
    store.files().remove(LedgerNames.answer(1));

    assertThat(open(store, NEVER).nextRequest()).contains(new LedgerRequest(2, "replay", "{}"));
  }

  /** Each write of the second snapshot fails or loses its reply, and the process is gone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashAtAnyWriteOfASnapshotLosesNothing(boolean written) {
    long crashes = 0;
    for (boolean crashed = true; crashed; crashes += crashed ? 1 : 0) {
      long crashAt = crashes + 1;
      MemoryLedgerStore broken = new MemoryLedgerStore();
      crashed = runIntoCrash(broken, crashAt, written);

      Ledger next = open(broken, NEVER);

      assertThat(next.head()).as("crash at write %d", crashAt).isEqualTo(9);
      next.catchUp(new CommittedOffset(4, 1));
      assertThat(next.backlog().objects()).isEqualTo(5);
      for (int n = 0; n < 8; n++) {
        assertThat(next.append(List.of(event("k" + n, 1))))
            .as("crash at write %d, key %d", crashAt, n)
            .isEqualTo(new AppendResult(0, 1, 0));
      }
      assertThat(next.append(List.of(event("new", 1))).appended()).isEqualTo(1);
      next.append(List.of(event("k0", 3)));
      assertThat(next.replacedBy(next.arrivals(10, 11))).containsExactly(1L);
      long last = next.head();

      // And with the snapshot that this driver writes in its turn.
      open(broken, ALWAYS).append(List.of(event("k1", 1), event("later", 1)));
      Ledger afterwards = open(broken, NEVER);
      assertThat(afterwards.head()).isEqualTo(last + 1);
      assertThat(afterwards.append(List.of(event("k1", 1), event("later", 1))).duplicates())
          .isEqualTo(2);
    }
    // The segment; the working set, the history, what waits, the snapshot; the segment naming it.
    assertThat(crashes).isEqualTo(6);
  }

  /**
   * Eight objects, half of them committed and due to leave; then the snapshot in which the store
   * ends.
   *
   * @return whether it came to the crash
   */
  private boolean runIntoCrash(MemoryLedgerStore broken, long crashAt, boolean written) {
    millis.set(NOON.toEpochMilli());
    Ledger ledger = open(broken, new SnapshotPolicy(8, Long.MAX_VALUE));
    for (int n = 0; n < 4; n++) {
      ledger.append(List.of(event("k" + n, 1)));
    }
    commitAll(ledger);
    millis.addAndGet(Duration.ofDays(40).toMillis());
    for (int n = 4; n < 6; n++) {
      ledger.append(List.of(event("k" + n, 1)));
    }
    AtomicLong writes = new AtomicLong();
    broken.fail(new CrashAtWrite(writes, crashAt, written));
    List<Notification> last = List.of(event("k6", 1), event("k7", 1), event("k0", 2));
    Thread process =
        new Thread(
            () -> {
              try {
                ledger.append(last);
              } catch (LedgerException e) {
                assertThat(e).hasMessageContaining("could not be reached");
              }
            });
    process.start();
    join(process, () -> writes.get() >= crashAt);
    broken.heal();
    if (crashAt == 1 && !written) {
      open(broken, NEVER).append(last); // the append itself had failed: the message comes again
    }
    return writes.get() >= crashAt;
  }

  private record CrashAtWrite(AtomicLong writes, long crashAt, boolean written)
      implements MemoryLedgerStore.Faults {
    @Override
    public void beforePut(String name) throws IOException {
      if (writes.incrementAndGet() >= crashAt && !written) {
        throw new IOException("the store is gone before " + name);
      }
    }

    @Override
    public void afterPut(String name) throws IOException {
      if (writes.get() >= crashAt && written) {
        throw new IOException("the reply is lost of " + name);
      }
    }
  }

  @Test
  void aTakeoverDuringASnapshotLeavesTheOldDriverWithoutOne() {
    Ledger old = open(store, new SnapshotPolicy(4, Long.MAX_VALUE));
    Ledger[] next = new Ledger[1];
    store.fail(
        new MemoryLedgerStore.Faults() {
          @Override
          public void afterPut(String name) {
            if (name.contains(".keys.") && next[0] == null) {
              store.heal();
              next[0] = open(store, NEVER);
              next[0].append(List.of(event("of the new driver", 1)));
            }
          }
        });
    for (int n = 0; n < 3; n++) {
      old.append(List.of(event("k" + n, 1)));
    }

    assertThat(store.files().keySet()).filteredOn(name -> name.contains(".keys.")).isNotEmpty();
    assertThat(store.files()).doesNotContainKey(LedgerNames.snapshot(4));
    assertThatThrownBy(() -> old.append(List.of(event("k9", 1))))
        .isInstanceOf(LedgerFencedException.class);
    Ledger third = open(store, ALWAYS);
    third.append(List.of(event("x", 1)));
    third.append(List.of(event("y", 1)));
    assertThat(open(store, NEVER).append(List.of(event("of the new driver", 1), event("k0", 1))))
        .isEqualTo(new AppendResult(0, 2, 0));
  }

  /** It judged its last notifications, and could not make them durable: they are not known. */
  @Test
  void anOldDriverThatWakesAfterATakeoverAndASnapshotWritesNothingThatCounts() {
    Ledger old = open(store, ALWAYS);
    old.append(List.of(event("a", 1)));
    Ledger next = open(store, ALWAYS);
    next.append(List.of(event("b", 1)));
    next.append(List.of(event("c", 1)));
    long snapshot = newestSnapshot().number();
    long files = store.files().size();

    assertThatThrownBy(() -> old.append(List.of(event("phantom", 1))))
        .isInstanceOf(LedgerFencedException.class);
    assertThatThrownBy(() -> old.append(List.of(event("phantom 2", 1))))
        .isInstanceOf(LedgerFencedException.class);

    assertThat(store.files()).hasSize((int) files);
    assertThat(newestSnapshot().number()).isEqualTo(snapshot);
    assertThat(open(store, NEVER).append(List.of(event("phantom", 1), event("a", 1))))
        .isEqualTo(new AppendResult(1, 1, 0));
  }

  @Test
  void appendsGoOnWhileASnapshotIsWritten() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    store.fail(
        new MemoryLedgerStore.Faults() {
          @Override
          public void beforePut(String name) throws IOException {
            if (name.startsWith("snapshots/")) {
              writing.countDown();
              await(goOn);
            }
          }
        });
    ExecutorService background = Executors.newSingleThreadExecutor();
    Ledger ledger = Ledger.takeOver(store, "s", settings(), clock, ALWAYS, background);
    ledger.append(List.of(event("a", 1)));
    assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();

    for (int n = 0; n < 100; n++) {
      ledger.append(List.of(event("during" + n, 1)));
    }
    goOn.countDown();
    background.shutdown();
    assertThat(background.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

    Ledger next = open(store, NEVER);
    assertThat(next.head()).isEqualTo(101);
    assertThat(
            next.append(IntStream.range(0, 100).mapToObj(n -> event("during" + n, 1)).toList())
                .duplicates())
        .isEqualTo(100);
  }

  @Test
  void aLostFileOfASnapshotIsNamed() {
    Ledger ledger = open(store, ALWAYS);
    ledger.append(List.of(event("a", 1)));
    String lost = LedgerNames.workingSet(newestSnapshot().number(), 0);
    store.files().remove(lost);

    assertThatThrownBy(() -> open(store, NEVER))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("has lost " + lost + ": files of a ledger must never be deleted");
  }

  private Ledger open(MemoryLedgerStore of, SnapshotPolicy policy) {
    return Ledger.takeOver(of, "s", settings(), clock, policy, new InlineExecutor());
  }

  private static LedgerSettings settings() {
    return new LedgerSettings(OnOverwrite.REPLACE, Duration.ofDays(30), 1024);
  }

  private Snapshot newestSnapshot() {
    String name =
        store.files().keySet().stream()
            .filter(file -> file.matches("snapshots/[0-9]+"))
            .max(String::compareTo)
            .orElseThrow();
    return Snapshot.decode(name, store.files().get(name));
  }

  private long ledgerHeadSegment() {
    return store.files().keySet().stream().filter(name -> name.startsWith("segments/")).count();
  }

  static void commitAll(Ledger ledger) {
    long first = ledger.committed().ordinal() + 1;
    List<Outcome> outcomes = new ArrayList<>();
    for (long ordinal = first; ordinal <= ledger.head(); ordinal++) {
      outcomes.add(new Outcome(ordinal, Outcome.Kind.CONVERTED, null, 1, 1, 0, 9));
    }
    PreparedBatch batch =
        new PreparedBatch(first, ledger.head(), 1, outcomes, List.of(), List.of(), List.of());
    ledger.markCommitted(ledger.prepare(batch));
  }

  private static Notification event(String key, int version) {
    return new Notification("b", key, null, "e" + version, "0" + version, 10, NOON, Origin.EVENT);
  }

  private static void join(Thread process, java.util.function.BooleanSupplier crashed) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> crashed.getAsBoolean() || !process.isAlive());
    process.interrupt();
    try {
      process.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
