package io.millrace.app;

import io.millrace.ledger.Outcome;
import io.millrace.sink.BatchReport;
import io.millrace.sink.BatchReport.Phase;
import io.millrace.source.BatchSize;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Has the size of batches follow how fast the committed ones were converted. */
final class BatchPacer implements Consumer<BatchReport> {
  private final BatchSize size;

  BatchPacer(BatchSize size) {
    this.size = size;
  }

  /** Objects that were not read, or left out, tell nothing of the speed. */
  @Override
  public void accept(BatchReport report) {
    Duration converting = report.phases().get(Phase.CONVERT);
    if (report.rolledForward() || converting == null) {
      return;
    }
    List<Outcome> outcomes = report.batch().outcomes();
    long objects = 0;
    long bytes = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).kind() == Outcome.Kind.CONVERTED) {
        objects++;
        bytes += report.arrivals().get(i).object().sizeBytes();
      }
    }
    if (objects > 0) {
      size.observe(objects, bytes, converting, report.duration());
    }
  }
}
