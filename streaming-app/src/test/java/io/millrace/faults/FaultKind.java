package io.millrace.faults;

/** What goes wrong at a fault point. */
enum FaultKind {
  /** The call fails without any effect. */
  THROW,
  /** The call has its effect, and then it fails. */
  REPLY_LOST,
  /** The process ends before the call. */
  HALT_BEFORE,
  /** The process ends when the call has had its effect. */
  HALT;

  /** Whether the process ends. */
  boolean halts() {
    return this == HALT_BEFORE || this == HALT;
  }

  /** Whether it needs a call that returns. */
  boolean isBehindTheCall() {
    return this == REPLY_LOST || this == HALT;
  }
}
