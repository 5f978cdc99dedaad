package io.millrace.sink;

import io.millrace.convert.QuarantineLayout;
import io.millrace.convert.QuarantineReason;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.ledger.PreparedBatch;
import io.millrace.plan.Division;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a committed batch did, for people and meters.
 *
 * @param batch the batch as it was committed
 * @param arrivals its arrivals, ascending; the outcome of each is at the same index
 * @param rolledForward whether it had been prepared before, by this application or an earlier one
 * @param nullTimestamps rows partitioned by the event time for want of a timestamp; 0 where the
 *     batch was rolled forward
 * @param division among tasks; none where the batch was rolled forward
 * @param phases how long each took; those before the commit are absent where it was rolled forward
 * @param duration from the plan, or from finding the prepared record, to the commit
 * @param committedAt when it was committed, by the driver's clock
 */
public record BatchReport(
    PreparedBatch batch,
    List<Arrival> arrivals,
    boolean rolledForward,
    long nullTimestamps,
    Division division,
    Map<Phase, Duration> phases,
    Duration duration,
    Instant committedAt) {
  private static final String RECORD = QuarantineReason.RowKind.RECORD.value();

  /** What a batch goes through, in this order. */
  public enum Phase {
    PLAN,
    CONVERT,
    PREPARE,
    COMMIT_QUARANTINE,
    COMMIT_TABLE;

    /** The name for metrics, logs and docs, such as {@code commit-table}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public BatchReport {
    arrivals = List.copyOf(arrivals);
    phases = Map.copyOf(phases);
    if (arrivals.size() != batch.outcomes().size()) {
      throw new IllegalArgumentException(
          "%d arrivals with %d outcomes".formatted(arrivals.size(), batch.outcomes().size()));
    }
  }

  /** Sizes of the objects that were there to be read, as they lie in the store. */
  public long objectBytes() {
    long bytes = 0;
    for (Arrival arrival : arrivals) {
      bytes += arrival.bornSuperseded() ? 0 : arrival.object().sizeBytes();
    }
    return bytes;
  }

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
