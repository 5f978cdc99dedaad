package io.millrace.queue;

import java.util.Locale;

/** The queue did not do what it was asked; trying again later may help, whatever the kind. */
public final class QueueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** What an operator would look at first. */
  public enum Kind {
    /** The credentials or the policies don't allow it, or not any more. */
    ACCESS_DENIED,
    /** There is no such queue, or not now. */
    QUEUE_GONE,
    /** Too many requests. */
    THROTTLED,
    /** The network, the service, or something else. */
    UNAVAILABLE;

    /** The name for metrics, logs and docs, such as {@code access-denied}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public QueueException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
