package io.millrace.intake;

import io.millrace.notification.NotificationDecoder;
import io.millrace.queue.MessageQueue;
import java.time.Duration;

/**
 * How the intake works.
 *
 * @param pollers how many polls are under way at once, 1 to 64
 * @param pollWait how long a poll waits for a message, 1 s to 20 s in whole seconds
 * @param maxUndurableMessages how many messages may be received that are not in the ledger yet, 10
 *     at least
 * @param maxUndurableBytes how many bytes their bodies may have together, 10 MiB at least; a poll
 *     that is under way counts as the most that it could bring
 */
public record IntakeSettings(
    int pollers, Duration pollWait, int maxUndurableMessages, long maxUndurableBytes) {
  /** The most bytes that one poll can bring. */
  static final long POLL_BYTES = (long) MessageQueue.MAX_BATCH * NotificationDecoder.MAX_BODY_CHARS;

  public static final int DEFAULT_POLLERS = 4;
  public static final Duration DEFAULT_POLL_WAIT = Duration.ofSeconds(20);
  public static final int DEFAULT_MAX_UNDURABLE_MESSAGES = 10_000;
  public static final long DEFAULT_MAX_UNDURABLE_BYTES = 128L << 20;

  public IntakeSettings {
    if (pollers < 1 || pollers > 64) {
      throw new IllegalArgumentException("pollers must be 1 to 64, not " + pollers);
    }
    if (pollWait.toSeconds() < 1 || pollWait.toSeconds() > 20 || pollWait.toMillis() % 1000 != 0) {
      throw new IllegalArgumentException(
          "pollWait must be 1 s to 20 s in whole seconds, not " + pollWait);
    }
    if (maxUndurableMessages < MessageQueue.MAX_BATCH) {
      throw new IllegalArgumentException(
          "maxUndurableMessages must be 10 at least, not " + maxUndurableMessages);
    }
    if (maxUndurableBytes < POLL_BYTES) {
      throw new IllegalArgumentException(
          "maxUndurableBytes must be " + POLL_BYTES + " at least, not " + maxUndurableBytes);
    }
  }

  public static IntakeSettings defaults() {
    return new IntakeSettings(
        DEFAULT_POLLERS,
        DEFAULT_POLL_WAIT,
        DEFAULT_MAX_UNDURABLE_MESSAGES,
        DEFAULT_MAX_UNDURABLE_BYTES);
  }
}
