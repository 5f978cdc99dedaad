package io.millrace.ledger;

import io.millrace.ledger.Segment.Owner;
import java.util.Optional;

/** Finds out whether a ledger is still ours. */
final class Fence {
  private Fence() {}

  /**
   * Looks behind the head for a segment of another owner. One read.
   *
   * @throws LedgerFencedException where there is one
   */
  static void check(SegmentLog log, Owner owner) {
    Optional<Owner> next = log.ownerAfter(log.head());
    if (next.isPresent() && !next.get().nonce().equals(owner.nonce())) {
      throw taken(next.get());
    }
  }

  /** After our next name was found taken. */
  static LedgerException fenced(SegmentLog log, Owner owner) {
    Owner other =
        log.ownerAfter(log.head())
            .orElseThrow(() -> new LedgerException("a segment was refused, and is not there"));
    if (other.nonce().equals(owner.nonce())) {
      throw new IllegalStateException("two segments of ours have one number");
    }
    return taken(other);
  }

  private static LedgerFencedException taken(Owner other) {
    return new LedgerFencedException(
        "another application has taken the stream over (%s); this one ends".formatted(other.who()));
  }
}
