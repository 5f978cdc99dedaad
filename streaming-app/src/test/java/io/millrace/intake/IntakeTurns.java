package io.millrace.intake;

import io.millrace.ledger.Ledger;
import io.millrace.notification.ManifestReader;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.ObjectFilter;
import io.millrace.queue.MessageQueue;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An intake without threads: it does a turn when it is told to. */
public final class IntakeTurns {
  private final Intake intake;

  public IntakeTurns(MessageQueue queue, String bucket, Ledger ledger, InstantSource clock) {
    this.intake =
        new Intake(
            queue,
            new NotificationDecoder(ObjectFilter.ofBucket(bucket), new NoManifests()),
            ledger,
            IntakeSettings.defaults(),
            clock);
  }

  /** Polls once; what came is recorded, then deleted. */
  public void turn() throws InterruptedException {
    intake.turn();
  }

  private static final class NoManifests implements ManifestReader {
    @Override
    public Optional<byte[]> read(String bucket, String key, int maxBytes) {
      return Optional.empty();
    }

    @Override
    public Optional<Description> describe(String bucket, String key, @Nullable String versionId) {
      return Optional.empty();
    }
  }
}
