package io.millrace.notification;

/**
 * S3 does not give what a manifest needs, for a reason that may pass: the message stays in the
 * queue.
 */
public final class ManifestUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ManifestUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
