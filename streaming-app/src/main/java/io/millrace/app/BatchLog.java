package io.millrace.app;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.Backlog;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.Outcome;
import io.millrace.sink.BatchReport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of the log for each committed batch, and one for each of its objects that was left out,
 * as far as they are few.
 */
final class BatchLog implements Consumer<BatchReport> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);
  private static final double MB = 1e6;

  /** Of one batch; the outcomes' counts tell of all. */
  static final int MAX_NAMED = 10;

  private final Ledger ledger;

  BatchLog(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void accept(BatchReport report) {
    nameLeftOut(report);
    Backlog backlog = ledger.backlog();
    double megabytes = report.bytesRead() / MB;
    double seconds = Math.max(1, report.duration().toMillis()) / 1000.0;
    LOG.info(
        "batch {}..{} committed: {} objects {}, {} records, {} malformed{}, {} MB in {} s{};"
            + " {} objects with {} MB wait",
        report.batch().firstOrdinal(),
        report.batch().lastOrdinal(),
        report.objects(),
        report.outcomes(),
        report.recordsConverted(),
        report.recordsQuarantined(),
        report.recordsCut() == 0 ? "" : " (%d of them not kept)".formatted(report.recordsCut()),
        Math.round(megabytes),
        seconds,
        report.rolledForward()
            ? " (prepared before)"
            : " (%.1f MB/s, %d tasks of %.0f MB at most)"
                .formatted(
                    megabytes / seconds,
                    report.division().tasks(),
                    report.division().taskBytes() / MB),
        backlog.objects(),
        Math.round(backlog.bytes() / MB));
  }

  /** Superseded ones are not left out: their newer version is there. */
  private static void nameLeftOut(BatchReport report) {
    int named = 0;
    for (int i = 0; i < report.arrivals().size(); i++) {
      Outcome outcome = report.batch().outcomes().get(i);
      boolean leftOut =
          outcome.kind() != Outcome.Kind.CONVERTED && outcome.kind() != Outcome.Kind.SUPERSEDED;
      if (leftOut && named++ < MAX_NAMED) {
        Arrival arrival = report.arrivals().get(i);
        LOG.warn(
            "arrival {} is {}{}: s3://{}/{}",
            arrival.ordinal(),
            outcome.kind(),
            outcome.reason() == null ? "" : " (" + outcome.reason() + ")",
            arrival.object().bucket(),
            LogText.escaped(arrival.object().key()));
      }
    }
    if (named > MAX_NAMED) {
      LOG.warn("{} more objects of the batch were left out", named - MAX_NAMED);
    }
  }
}
