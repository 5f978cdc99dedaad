package io.millrace.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import java.util.List;

/**
 * One atomic step of a table.
 *
 * @param expected the committed offset that the table must have
 * @param next the committed offset that it has afterwards
 * @param files the files that become visible
 * @param replacedOrdinals all rows with one of these in {@code _ordinal} leave the table, wherever
 *     they are by now; never rows of {@code files}
 * @param superseded files of earlier attempts at the same batch, which this one replaces; a table
 *     whose log decides what is seen has no need of them
 */
public record TableCommit(
    CommittedOffset expected,
    CommittedOffset next,
    List<OutputFile> files,
    List<Long> replacedOrdinals,
    List<OutputFile> superseded) {

  /** A first attempt's. */
  public TableCommit(
      CommittedOffset expected,
      CommittedOffset next,
      List<OutputFile> files,
      List<Long> replacedOrdinals) {
    this(expected, next, files, replacedOrdinals, List.of());
  }

  public TableCommit {
    requireNonNull(expected, "expected");
    requireNonNull(next, "next");
    files = List.copyOf(files);
    replacedOrdinals = List.copyOf(replacedOrdinals);
    superseded = List.copyOf(superseded);
    if (next.equals(expected) || next.ordinal() < expected.ordinal()) {
      throw new IllegalArgumentException("no step: from %s to %s".formatted(expected, next));
    }
  }

  /**
   * Whether a table has still to take the step; to be asked of what the step itself is based on.
   *
   * @param now where the table is
   * @param announced the latest attempt that was announced
   * @param table its name, for the message
   * @return false where the table is at {@code next} already: an earlier try had landed
   * @throws OffsetMismatchException where it is neither there nor at {@code expected}, or where a
   *     later attempt at the batch was announced
   */
  boolean isDue(CommittedOffset now, CommittedOffset announced, String table) {
    if (now.equals(next)) {
      return false;
    }
    if (!now.equals(expected)) {
      throw new OffsetMismatchException(
          "%s is at %s; it was to go from %s to %s".formatted(table, now, expected, next));
    }
    if (announced.ordinal() == next.ordinal() && announced.attempt() > next.attempt()) {
      throw new OffsetMismatchException(
          "%s was to take attempt %d of a batch, and attempt %d was announced"
              .formatted(table, next.attempt(), announced.attempt()));
    }
    return true;
  }
}
