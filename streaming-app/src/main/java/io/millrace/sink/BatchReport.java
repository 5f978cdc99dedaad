package io.millrace.sink;

import io.millrace.convert.QuarantineLayout;
import io.millrace.convert.QuarantineReason;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.ledger.PreparedBatch;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a committed batch did, for people and meters.
 *
 * @param batch the batch as it was committed
 * @param rolledForward whether it had been prepared before, by this application or an earlier one
 * @param nullTimestamps rows partitioned by the event time for want of a timestamp; 0 where the
 *     batch was rolled forward
 * @param duration from the plan, or from finding the prepared record, to the commit
 */
public record BatchReport(
    PreparedBatch batch, boolean rolledForward, long nullTimestamps, Duration duration) {
  private static final String RECORD = QuarantineReason.RowKind.RECORD.value();

  public long objects() {
    return batch.outcomes().size();
  }

  /** Rows that the batch brought into the table. */
  public long recordsConverted() {
    return batch.outcomes().stream().mapToLong(Outcome::recordsConverted).sum();
  }

  /** Malformed records that it counted. */
  public long recordsQuarantined() {
    return batch.outcomes().stream().mapToLong(Outcome::recordsQuarantined).sum();
  }

  /**
   * Those of them of which only the number is kept, for there were too many: counted from the files
   * themselves.
   */
  public long recordsCut() {
    long kept =
        batch.quarantineFiles().stream()
            .filter(file -> RECORD.equals(file.partitionValues().get(QuarantineLayout.KIND)))
            .mapToLong(OutputFile::records)
            .sum();
    return recordsQuarantined() - kept;
  }

  /** Uncompressed bytes of the records that were read. */
  public long bytesRead() {
    return batch.outcomes().stream().mapToLong(Outcome::bytesRead).sum();
  }

  /** How many arrivals came to each kind of outcome; kinds that did not occur are absent. */
  public Map<Outcome.Kind, Long> outcomes() {
    Map<Outcome.Kind, Long> counts = new TreeMap<>();
    batch.outcomes().forEach(outcome -> counts.merge(outcome.kind(), 1L, Long::sum));
    return counts;
  }
}
