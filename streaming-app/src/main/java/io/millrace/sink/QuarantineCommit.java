package io.millrace.sink;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.PreparedBatch;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Commits a batch's malformed records before the main table decides, so that none is missing once
 * the batch is committed.
 *
 * <p>The quarantine may therefore be one batch ahead of the main table, with an attempt that is
 * given up afterwards; the next attempt takes those rows out again in its own commit, and leaves
 * its number there, so that a driver which wakes with the earlier one finds it. A first attempt
 * that has nothing for the quarantine leaves it alone.
 */
final class QuarantineCommit {
  private final TableSink quarantine;

  QuarantineCommit(TableSink quarantine) {
    this.quarantine = quarantine;
  }

  void verify(PreparedBatch batch) throws IOException {
    quarantine.verify(batch.quarantineFiles());
  }

  void commit(PreparedBatch batch) throws IOException {
    if (batch.quarantineFiles().isEmpty() && batch.attempt() == 1) {
      return;
    }
    CommittedOffset at = quarantine.committed();
    CommittedOffset next = new CommittedOffset(batch.lastOrdinal(), batch.attempt());
    if (at.equals(next)) {
      return;
    }
    if (at.ordinal() == next.ordinal() && at.attempt() > next.attempt()) {
      throw new OffsetMismatchException(
          "the quarantine table has attempt %d of the batch %d..%d, of which attempt %d was to come"
              .formatted(at.attempt(), batch.firstOrdinal(), batch.lastOrdinal(), batch.attempt()));
    }
    boolean ofEarlierAttempt = at.ordinal() == next.ordinal();
    if (at.ordinal() >= batch.firstOrdinal() && !ofEarlierAttempt) {
      throw new OffsetMismatchException(
          ("the quarantine table is at ordinal %d, in or beyond the batch %d..%d that the main"
                  + " table has yet to commit: it is not this stream's quarantine, or the main"
                  + " table was restored to an earlier version; restore both to the same time, or"
                  + " give the stream a new quarantine path")
              .formatted(at.ordinal(), batch.firstOrdinal(), batch.lastOrdinal()));
    }
    List<Long> replaced =
        ofEarlierAttempt
            ? LongStream.rangeClosed(batch.firstOrdinal(), batch.lastOrdinal()).boxed().toList()
            : List.of();
    quarantine.commit(new TableCommit(at, next, batch.quarantineFiles(), replaced));
  }
}
