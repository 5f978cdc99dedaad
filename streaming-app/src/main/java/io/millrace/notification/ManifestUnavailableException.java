package io.millrace.notification;

import org.jspecify.annotations.Nullable;

/**
 * S3 does not give what a manifest needs, for a reason that may pass: the message stays in the
 * queue.
 */
public final class ManifestUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ManifestUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
