package io.millrace.intake;

import java.time.Duration;
import java.time.Instant;

/**
 * Moves messages from the queue into the ledger on threads of its own: received, decoded, appended
 * durably, and only then deleted.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Intake implements AutoCloseable {

  private Intake() {}

  /** Begins to poll. Once. */
  public void start() {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits until everything that was sent before {@code sentBefore} is in the ledger, as far as the
   * queue shows it, or until {@code limit} has passed; then stops to poll and waits until what was
   * received is durable. For the available-now trigger, which freezes its target afterwards.
   *
   * @return whether the queue had nothing older left; false where the limit came first
   */
  public boolean takeUntil(Instant sentBefore, Duration limit) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Throws what ended a thread of the intake, if anything did: it never goes on half. */
  public void throwIfFailed() {
    throw new UnsupportedOperationException();
  }

  /** Ends polling; what is not durable stays in the queue and comes again. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
