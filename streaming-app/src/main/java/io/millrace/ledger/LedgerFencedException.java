package io.millrace.ledger;

/** Another application has taken the stream over; this one has to end, with a normal exit. */
public final class LedgerFencedException extends LedgerException {
  public LedgerFencedException(String message) {
    super(message);
  }
}
