package io.millrace.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger can't go on: its message says what happened, why, and what resolves it. */
public class LedgerException extends RuntimeException {
  public LedgerException(String message) {
    super(message);
  }

  public LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
