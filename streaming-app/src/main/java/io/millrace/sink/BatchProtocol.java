package io.millrace.sink;

import io.millrace.convert.Conversion;
import io.millrace.convert.Engine;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerException;
import io.millrace.ledger.OutputFile;
import io.millrace.ledger.PreparedBatch;
import io.millrace.output.BatchName;
import io.millrace.sink.BatchReport.Phase;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a stream from its committed offset to a later one, each arrival once, whatever was left
 * half-done before.
 *
 * <p>What is true is in two places only: the table's committed offset and the ledger's prepared
 * records. Every step may fail, or land and lose its reply; {@link #advance} is then simply called
 * again, here or in another process.
 *
 * <p>One thread at a time.
 */
public final class BatchProtocol {
  /** How often one batch is converted anew before an operator has to look. */
  static final int MAX_ATTEMPTS_PER_CALL = 3;

  private static final Logger LOG = LoggerFactory.getLogger(BatchProtocol.class);

  private final Ledger ledger;
  private final BatchPlan plan;
  private final Engine engine;
  private final TableSink table;
  private final QuarantineCommit quarantine;
  private final InstantSource clock;
  private final Consumer<BatchReport> reports;

  /**
   * @param table the main table; it alone decides what is committed
   * @param quarantine the table of malformed records
   * @param reports told of each batch after its commit
   */
  public BatchProtocol(
      Ledger ledger,
      BatchPlan plan,
      Engine engine,
      TableSink table,
      TableSink quarantine,
      InstantSource clock,
      Consumer<BatchReport> reports) {
    this.ledger = ledger;
    this.plan = plan;
    this.engine = engine;
    this.table = table;
    this.quarantine = new QuarantineCommit(quarantine);
    this.clock = clock;
    this.reports = reports;
  }

  /**
   * Tells the ledger how far the table is, and has the table swept; before anything else, once.
   *
   * @throws LedgerException where ledger and table do not belong together
   */
  public CommittedOffset catchUp() throws IOException {
    CommittedOffset committed = table.committed();
    ledger.catchUp(committed);
    table.sweep(
        ledger.attempts(committed.ordinal() + 1).stream()
            .flatMap(batch -> batch.files().stream())
            .toList());
    return committed;
  }

  /**
   * Commits all arrivals up to {@code to}, and those of a prepared batch that reaches beyond it; in
   * several batches where one would be too large now.
   *
   * @throws IOException when something is out of order that may mend itself: call again later
   * @throws SinkException when it will not
   */
  public void advance(long to) throws IOException {
    if (to > ledger.head()) {
      throw new LedgerException(
          ("a batch is to end at ordinal %d, but the ledger ends at %d: it is not the ledger that"
                  + " the batch was planned with; start again with the Spark checkpoint deleted")
              .formatted(to, ledger.head()));
    }
    SinkException obstacle = null;
    for (int attempts = 1; ledger.committed().ordinal() < to; ) {
      long first = ledger.committed().ordinal() + 1;
      Optional<PreparedBatch> prepared = ledger.prepared(first);
      try {
        if (obstacle != null) {
          SinkException reason = obstacle;
          obstacle = null;
          supersede(first, prepared, reason);
        } else if (prepared.isPresent()) {
          rollForward(prepared.get());
        } else {
          convert(first, bounded(first, to), 1);
        }
      } catch (FilesVanishedException | TableChangedException e) {
        if (attempts++ == MAX_ATTEMPTS_PER_CALL) {
          throw e;
        }
        obstacle = e;
      } catch (OffsetMismatchException e) {
        adopt(first, prepared, e);
      }
    }
  }

  private long bounded(long first, long to) {
    long end = plan.end(first, to);
    if (end < to) {
      LOG.info(
          "batch {}..{} was planned larger than batches are now: up to {} is done first",
          first,
          to,
          end);
    }
    return end;
  }

  private void rollForward(PreparedBatch batch) throws IOException {
    PhaseClock phases = new PhaseClock(clock);
    LOG.info(
        "batch {}..{} (attempt {}) was prepared before: committing it as it stands",
        batch.firstOrdinal(),
        batch.lastOrdinal(),
        batch.attempt());
    table.verify(batch.files());
    quarantine.verify(batch);
    List<Arrival> arrivals = ledger.arrivals(batch.firstOrdinal() - 1, batch.lastOrdinal());
    publish(batch, arrivals, Conversion.NOTHING, true, phases);
  }

  private void convert(long first, long to, int attempt) throws IOException {
    PhaseClock phases = new PhaseClock(clock);
    BatchPlan.Parts parts =
        phases.time(Phase.PLAN, () -> plan.divide(ledger.arrivals(first - 1, to)));
    BatchName name = new BatchName(first, to, attempt);
    table.begin(name);
    Conversion conversion;
    PreparedBatch mine;
    try {
      List<Arrival> toRead = parts.toRead();
      conversion =
          phases.time(
              Phase.CONVERT, () -> toRead.isEmpty() ? Conversion.NOTHING : engine.convert(toRead));
      mine = plan.prepared(first, to, attempt, parts, conversion);
    } catch (IOException | RuntimeException e) {
      abandon(name, e);
      throw e;
    }
    PreparedBatch standing = phases.time(Phase.PREPARE, () -> ledger.prepare(mine));
    if (standing.equals(mine)) {
      publish(mine, parts.all(), conversion, false, phases);
    } else {
      table.discard(mine.files());
      rollForward(standing);
    }
  }

  /** What a failed conversion left costs storage and no more: to take it back may fail, too. */
  private void abandon(BatchName name, Exception failure) {
    try {
      ledger.checkOwner(); // or it might be the new owner's work
      table.abandon(name);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** What was prepared can't be committed any more: the same arrivals once more, visibly. */
  private void supersede(long first, Optional<PreparedBatch> given, SinkException reason)
      throws IOException {
    if (given.isEmpty()) {
      return; // it never came to a prepared record: the batch is simply converted again
    }
    CommittedOffset now = table.committed();
    if (now.ordinal() >= first) {
      ledger.checkOwner();
      ledger.catchUp(now); // its commit had landed, and only the reply was lost
      return;
    }
    PreparedBatch old = given.get();
    LOG.warn(
        "attempt {} of batch {}..{} can't be committed and is superseded: {}",
        old.attempt(),
        old.firstOrdinal(),
        old.lastOrdinal(),
        reason.getMessage());
    convert(old.firstOrdinal(), old.lastOrdinal(), old.attempt() + 1);
  }

  /**
   * The table moved without us: an own commit that had landed, or another driver's; or that one has
   * announced a later attempt, which is then rolled forward.
   */
  private void adopt(long first, Optional<PreparedBatch> tried, OffsetMismatchException mismatch)
      throws IOException {
    ledger.checkOwner();
    CommittedOffset now = table.committed();
    if (now.ordinal() < first) {
      int newest = ledger.prepared(first).map(PreparedBatch::attempt).orElse(0);
      if (newest > tried.map(PreparedBatch::attempt).orElse(0)) {
        return;
      }
      throw mismatch;
    }
    ledger.catchUp(now);
  }

  private void publish(
      PreparedBatch batch,
      List<Arrival> arrivals,
      Conversion conversion,
      boolean rolledForward,
      PhaseClock phases)
      throws IOException {
    TableCommit step = tableCommit(batch);
    if (batch.attempt() > 1) {
      phases.time(Phase.COMMIT_TABLE, () -> table.announce(step));
    }
    phases.time(Phase.COMMIT_QUARANTINE, () -> quarantine.commit(batch));
    phases.time(Phase.COMMIT_TABLE, () -> table.commit(step));
    ledger.markCommitted(batch);
    reports.accept(
        new BatchReport(
            batch,
            arrivals,
            rolledForward,
            conversion.nullTimestamps(),
            conversion.division(),
            phases.phases(),
            phases.total(),
            clock.instant()));
  }

  private TableCommit tableCommit(PreparedBatch batch) {
    return new TableCommit(
        ledger.committed(),
        new CommittedOffset(batch.lastOrdinal(), batch.attempt()),
        batch.files(),
        batch.replacedOrdinals(),
        superseded(batch));
  }

  /** Files of the attempts before this one. */
  private List<OutputFile> superseded(PreparedBatch batch) {
    if (batch.attempt() == 1) {
      return List.of();
    }
    return ledger.attempts(batch.firstOrdinal()).stream()
        .filter(earlier -> earlier.attempt() < batch.attempt())
        .flatMap(earlier -> earlier.files().stream())
        .toList();
  }
}
