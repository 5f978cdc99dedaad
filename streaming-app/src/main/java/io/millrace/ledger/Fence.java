package io.millrace.ledger;

import io.millrace.ledger.Segment.Owner;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out whether a ledger is still ours. */
final class Fence {
  private final SegmentLog log;
  private final Owner owner;
  private final Consumer<LedgerFencedException> end;

  /**
   * For one owner.
   *
   * @param end throws
   */
  Fence(SegmentLog log, Owner owner, Consumer<LedgerFencedException> end) {
    this.log = log;
    this.owner = owner;
    this.end = end;
  }

  /**
   * Looks behind the head for a segment of another owner. One read.
   *
   * @throws LedgerFencedException where there is one
   */
  void check() {
    Optional<Owner> next = log.ownerAfter(log.head());
    if (next.isPresent() && !next.get().nonce().equals(owner.nonce())) {
      taken(next.get());
    }
  }

  /**
   * After our next segment was refused: its name is another's.
   *
   * @throws LedgerFencedException always
   */
  void refused() {
    Owner other =
        log.ownerAfter(log.head())
            .orElseThrow(() -> new LedgerException("a segment was refused, and is not there"));
    if (other.nonce().equals(owner.nonce())) {
      throw new IllegalStateException("two segments of ours have one number");
    }
    taken(other);
  }

  /**
   * After a name of this process's epoch was found taken.
   *
   * @throws LedgerFencedException always
   */
  void outrun() {
    end.accept(
        new LedgerFencedException(
            "another application has taken the stream over in the same instant; this one ends"));
  }

  private void taken(Owner other) {
    end.accept(
        new LedgerFencedException(
            "another application has taken the stream over (%s); this one ends"
                .formatted(other.who())));
  }
}
