package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.convert.Conversion;
import io.millrace.convert.Engine;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerException;
import io.millrace.ledger.LedgerFencedException;
import io.millrace.ledger.LedgerSettings;
import io.millrace.ledger.OnOverwrite;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.ledger.PreparedBatch;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.plan.Division;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The protocol with a ledger, two tables and an engine that outlive its process. */
class BatchProtocolTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final Crashes crashes = new Crashes();
  private final MemoryFiles files = new MemoryFiles(crashes);
  private final MemoryTable table = new MemoryTable(crashes);
  private final MemoryTable quarantine = new MemoryTable(crashes);
  private final List<BatchReport> reports = new ArrayList<>();
  private BatchPlan.End ends = BatchPlan.End.UNBOUNDED;

  @Test
  void everyArrivalIsCommittedOnceWhereverTheProcessEndsTwice() throws IOException {
    int schedules = 0;
    for (boolean afterEffect : new boolean[] {false, true}) {
      for (int first = 1, second = 1; ; second++) {
        BatchProtocolTest world = new BatchProtocolTest();
        boolean firstCrashed = world.crashes(first, afterEffect);
        boolean secondCrashed = world.crashes(second, afterEffect);
        world.crashes.never();
        world.start().finish();

        String schedule = "crashes at calls %d, %d, %s".formatted(first, second, afterEffect);
        // k's first version, arrival 1, is replaced by arrival 3; m is gone; q, arrival 6, is
        // quarantined whole.
        assertThat(world.table.rows()).as(schedule).containsExactly(2L, 3L, 5L);
        assertThat(world.quarantine.rows()).as(schedule).containsExactly(1L, 2L, 3L, 5L, 6L);
        schedules++;
        if (!firstCrashed) {
          break;
        }
        if (!secondCrashed) {
          first++;
          second = 0;
        }
      }
    }
    assertThat(schedules).isGreaterThan(500);
  }

  @Test
  void aPreparedBatchIsCommittedAsItStandsAndNothingIsConvertedAgain() throws IOException {
    Driver first = start();
    first.recordAll();
    PreparedBatch prepared = first.prepare(1, 2);

    Driver second = start();
    second.protocol.advance(2);

    assertThat(second.conversions).isZero();
    assertThat(reports).extracting(BatchReport::batch).containsExactly(prepared);
    assertThat(reports.get(0).rolledForward()).isTrue();
    assertThat(table.rows()).containsExactly(1L, 2L);
  }

  @Test
  void aBatchThatEndsWithinAPreparedOneEndsWithIt() throws IOException {
    Driver first = start();
    first.recordAll();
    first.prepare(1, 2);

    start().protocol.advance(1);

    assertThat(table.committed().ordinal()).isEqualTo(2);
  }

  @Test
  void aBatchThatWasPlannedTooLargeIsDoneInSeveral() throws IOException {
    ends = (from, to) -> Math.min(to, from + 2);
    Driver process = start();
    process.recordAll();

    process.protocol.advance(6);

    assertThat(reports)
        .extracting(report -> report.batch().lastOrdinal())
        .containsExactly(2L, 4L, 6L);
    assertThat(table.rows()).containsExactly(2L, 3L, 5L);
  }

  @Test
  void aPreparedBatchIsCommittedWholeHoweverLargeItIs() throws IOException {
    Driver first = start();
    first.recordAll();
    first.prepare(1, 4);

    ends = (from, to) -> from + 1;
    start().protocol.advance(6);

    assertThat(reports)
        .extracting(report -> report.batch().lastOrdinal())
        .containsExactly(4L, 5L, 6L);
  }

  @Test
  void aBoundThatAdmitsNothingStillTakesOneArrival() throws IOException {
    ends = (from, to) -> from;
    Driver process = start();
    process.recordAll();

    process.protocol.advance(6);

    assertThat(reports).hasSize(6);
  }

  @Test
  void whatIsCommittedAlreadyIsSkipped() throws IOException {
    Driver process = start();
    process.finish();
    int conversions = process.conversions;

    process.protocol.advance(1);
    process.protocol.advance(6);

    assertThat(process.conversions).isEqualTo(conversions);
    assertThat(table.rows()).containsExactly(2L, 3L, 5L);
  }

  @Test
  void aPreparedBatchWhoseFilesHaveVanishedIsConvertedAgainAsAnotherAttempt() throws IOException {
    Driver first = start();
    first.recordAll();
    first.prepare(1, 2);
    table.vacuum();
    quarantine.vacuum();

    start().finish();

    assertThat(reports.get(0).batch().attempt()).isEqualTo(2);
    assertThat(table.rows()).containsExactly(2L, 3L, 5L);
    assertThat(quarantine.rows()).containsExactly(2L, 3L, 5L, 6L); // k is superseded by now
  }

  @Test
  void theQuarantineOfAnAttemptThatIsGivenUpLeavesWithIt() throws IOException {
    Driver first = start();
    first.recordAll();
    PreparedBatch given = first.prepare(1, 2);
    new QuarantineCommit(quarantine).commit(given);
    table.vacuum();

    start().finish();

    assertThat(quarantine.rows()).containsExactly(2L, 3L, 5L, 6L); // k is superseded by now
  }

  @Test
  void anEarlierAttemptNeverReplacesALaterOneInTheQuarantine() throws IOException {
    Driver old = start();
    old.recordAll();
    PreparedBatch first = old.prepare(1, 2);
    table.vacuum();
    start().finish(); // as attempt 2

    assertThatThrownBy(() -> new QuarantineCommit(quarantine).commit(first))
        .isInstanceOf(OffsetMismatchException.class);
    assertThat(quarantine.rows()).containsExactly(2L, 3L, 5L, 6L);
  }

  @Test
  void aDriverThatWasTakenOverCommitsNothingOfItsOwn() throws IOException {
    Driver old = start();
    old.recordAll();
    Driver young = start();

    assertThatThrownBy(() -> old.protocol.advance(6)).isInstanceOf(LedgerFencedException.class);
    assertThat(table.rows()).isEmpty();

    young.finish();
    assertThatThrownBy(() -> old.protocol.advance(6)).isInstanceOf(LedgerFencedException.class);
    assertThat(table.rows()).containsExactly(2L, 3L, 5L);
  }

  @Test
  void aDriverThatIsTakenOverDuringItsStartIsFenced() throws IOException {
    Driver old = start();
    start().finish();

    assertThatThrownBy(old.protocol::catchUp).isInstanceOf(LedgerFencedException.class);
  }

  @Test
  void aDriverThatMeetsALongerBatchOfItsSuccessorIsFenced() throws IOException {
    Driver old = start();
    old.ledger.append(List.of(old.object("k", 1), old.object("l", 2)));
    Driver young = start();
    young.recordAll();
    young.prepare(1, 6);

    assertThatThrownBy(() -> old.protocol.advance(2)).isInstanceOf(LedgerFencedException.class);
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void aBatchBeyondTheLedgersEndIsRefusedWithTheRemedy() throws IOException {
    Driver process = start();
    process.recordAll();

    assertThatThrownBy(() -> process.protocol.advance(7))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the ledger ends at 6")
        .hasMessageContaining("with the Spark checkpoint deleted");
  }

  @Test
  void aQuarantineThatIsAheadOfItsTableIsRefused() throws IOException {
    Driver process = start();
    process.recordAll();
    quarantine.commit(
        new TableCommit(CommittedOffset.NONE, new CommittedOffset(4, 1), List.of(), List.of()));

    assertThatThrownBy(() -> process.protocol.advance(2))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("the quarantine table is at ordinal 4");
  }

  @Test
  void anEngineThatForgetsAnArrivalOrMakesOneUpIsFoundOut() throws IOException {
    Driver process = start();
    process.recordAll();

    assertThatThrownBy(() -> process.with(arrivals -> Conversion.NOTHING).advance(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("left arrival 2 without an outcome");
    Outcome foreign = Outcome.without(9, Outcome.Kind.GONE, null);
    Engine inventor =
        arrivals -> {
          Conversion made = process.convert(arrivals);
          List<Outcome> outcomes = new ArrayList<>(made.outcomes());
          outcomes.add(foreign);
          return new Conversion(outcomes, made.files(), made.quarantineFiles(), 0, Division.NONE);
        };
    assertThatThrownBy(() -> process.with(inventor).advance(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not given: [9]");
    assertThat(table.rows()).isEmpty();
  }

  /** Lets a process run into a crash; whether it got that far. */
  private boolean crashes(int call, boolean afterEffect) throws IOException {
    crashes.at(call, afterEffect);
    try {
      start().finish();
      return false;
    } catch (Crashes.Crash crash) {
      return true;
    }
  }

  private Driver start() throws IOException {
    return new Driver();
  }

  /** A driver process. */
  private final class Driver {
    final Ledger ledger;
    final BatchProtocol protocol;
    int conversions;

    Driver() throws IOException {
      ledger = Ledger.takeOver(files, "s", LedgerSettings.defaults(), InstantSource.system());
      protocol = with(this::convert);
      protocol.catchUp();
    }

    BatchProtocol with(Engine engine) {
      return new BatchProtocol(
          ledger,
          new BatchPlan(ledger, OnOverwrite.REPLACE, ends),
          engine,
          table,
          quarantine,
          InstantSource.system(),
          reports::add);
    }

    /** Six arrivals: k, l, k again, m, n, q. Those of an earlier process are duplicates. */
    void recordAll() {
      ledger.append(List.of(object("k", 1), object("l", 2)));
      ledger.append(List.of(object("k", 3), object("m", 4), object("n", 5)));
      ledger.append(List.of(object("q", 6)));
    }

    /** Two batches. The first one may be committed before k comes again. */
    void finish() throws IOException {
      ledger.append(List.of(object("k", 1), object("l", 2)));
      protocol.advance(2);
      recordAll();
      protocol.advance(6);
    }

    PreparedBatch prepare(long first, long last) throws IOException {
      List<Arrival> arrivals = ledger.arrivals(first - 1, last);
      BatchPlan plan = new BatchPlan(ledger, OnOverwrite.APPEND, BatchPlan.End.UNBOUNDED);
      return ledger.prepare(
          plan.prepared(first, last, 1, plan.divide(arrivals), convert(arrivals)));
    }

    /** Each object has a good record and a malformed one; m is gone, q is quarantined whole. */
    Conversion convert(List<Arrival> arrivals) throws IOException {
      conversions++;
      List<Outcome> outcomes = new ArrayList<>();
      List<Long> converted = new ArrayList<>();
      List<Long> whole = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        if (arrival.object().key().equals("m")) {
          outcomes.add(Outcome.without(arrival.ordinal(), Outcome.Kind.GONE, null));
        } else if (arrival.object().key().equals("q")) {
          outcomes.add(
              Outcome.without(arrival.ordinal(), Outcome.Kind.QUARANTINED, "access-denied"));
          whole.add(arrival.ordinal());
        } else {
          outcomes.add(new Outcome(arrival.ordinal(), Outcome.Kind.CONVERTED, null, 2, 1, 1, 10));
          converted.add(arrival.ordinal());
        }
      }
      List<OutputFile> rows = List.of(table.write(converted));
      List<OutputFile> quarantined = new ArrayList<>(List.of(quarantine.write(converted)));
      if (!whole.isEmpty()) {
        quarantined.add(quarantine.write(whole));
      }
      return new Conversion(outcomes, rows, quarantined, 0, Division.NONE);
    }

    private Notification object(String key, int sequencer) {
      String hex = String.format(Locale.ROOT, "%04x", sequencer);
      return new Notification("b", key, null, "e" + hex, hex, 10, NOON, Origin.EVENT);
    }
  }
}
