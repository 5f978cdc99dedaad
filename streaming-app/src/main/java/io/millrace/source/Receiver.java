package io.millrace.source;

import io.millrace.intake.Intake;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the source asks of an {@link Intake}; each method is the intake's of that name. */
interface Receiver {
  void start();

  boolean takeUntil(Instant sentBefore, Duration limit) throws InterruptedException;

  void throwIfFailed();

  /** Without an intake nothing is received here, and the ledger's head is all there is to take. */
  static Receiver of(@Nullable Intake intake) {
    return intake == null ? new Absent() : new Present(intake);
  }

  /** No intake. */
  record Absent() implements Receiver {
    @Override
    public void start() {}

    @Override
    public boolean takeUntil(Instant sentBefore, Duration limit) {
      return true;
    }

    @Override
    public void throwIfFailed() {}
  }

  /** An intake that is there. */
  record Present(Intake intake) implements Receiver {
    @Override
    public void start() {
      intake.start();
    }

    @Override
    public boolean takeUntil(Instant sentBefore, Duration limit) throws InterruptedException {
      return intake.takeUntil(sentBefore, limit);
    }

    @Override
    public void throwIfFailed() {
      intake.throwIfFailed();
    }
  }
}
