package io.millrace.simulation;

/** A safeguard that is left out, to see that its absence is noticed. */
enum Omission {
  NOTHING,
  /** A driver whose segment is refused, or that sees another's, goes on. */
  FENCE,
  /** A commit does not look where the table is. */
  COMMITTED_OFFSET_CHECK,
  /** A write that is refused, or has no reply, is taken for another's. */
  READ_BACK,
  /** All processes have the same. */
  NONCE
}
