package io.millrace.ledger;

import static java.util.Objects.requireNonNull;

import io.millrace.notification.Notification;
import java.io.Serializable;
import java.time.Instant;

/**
 * One version of one object that the stream has taken responsibility for.
 *
 * @param ordinal 1, 2, 3 … per stream, never reused
 * @param object what to read
 * @param recordedAt when the ledger took it, by the driver's clock; never decides anything
 * @param bornSuperseded true where a newer version of the key was known already, or where the
 *     stream ignores overwrites: it takes part in its batch with outcome {@code superseded} and is
 *     never read
 */
public record Arrival(long ordinal, Notification object, Instant recordedAt, boolean bornSuperseded)
    implements Serializable {

  public Arrival {
    requireNonNull(object, "object");
    requireNonNull(recordedAt, "recordedAt");
    if (ordinal < 1) {
      throw new IllegalArgumentException("ordinals begin with 1, not " + ordinal);
    }
  }
}
