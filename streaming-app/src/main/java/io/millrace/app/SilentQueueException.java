package io.millrace.app;

import java.io.IOException;

/** The queue did not answer while it was to be received from; another start may have more luck. */
final class SilentQueueException extends IOException {
  private static final long serialVersionUID = 1;

  SilentQueueException(String message) {
    super(message);
  }
}
