package io.millrace.intake;

import io.millrace.ledger.Ledger;
import io.millrace.notification.NoObjects;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.ObjectFilter;
import io.millrace.queue.MessageQueue;
import java.time.InstantSource;

/** An intake without threads: it does a turn when it is told to. */
public final class IntakeTurns {
  private final Intake intake;

  public IntakeTurns(MessageQueue queue, String bucket, Ledger ledger, InstantSource clock) {
    this.intake =
        new Intake(
            queue,
            new NotificationDecoder(ObjectFilter.ofBucket(bucket), new NoObjects()),
            ledger,
            IntakeSettings.defaults(),
            clock);
  }

  /** Polls once; what came is recorded, then deleted. */
  public void turn() throws InterruptedException {
    intake.turn();
  }
}
