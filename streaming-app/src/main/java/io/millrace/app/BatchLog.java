package io.millrace.app;

import io.millrace.ledger.Backlog;
import io.millrace.ledger.Ledger;
import io.millrace.sink.BatchReport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of the log for each committed batch. */
final class BatchLog implements Consumer<BatchReport> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);
  private static final double MB = 1e6;

  private final Ledger ledger;

  BatchLog(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void accept(BatchReport report) {
    Backlog backlog = ledger.backlog();
    double megabytes = report.bytesRead() / MB;
    double seconds = Math.max(1, report.duration().toMillis()) / 1000.0;
    LOG.info(
        "batch {}..{} committed: {} objects {}, {} records, {} malformed, {} MB in {} s{}; {} objects"
            + " with {} MB wait",
        report.batch().firstOrdinal(),
        report.batch().lastOrdinal(),
        report.objects(),
        report.outcomes(),
        report.recordsConverted(),
        report.recordsQuarantined(),
        Math.round(megabytes),
        seconds,
        report.rolledForward()
            ? " (prepared before)"
            : " (%.1f MB/s)".formatted(megabytes / seconds),
        backlog.objects(),
        Math.round(backlog.bytes() / MB));
  }
}
