package io.millrace.sink;

import org.jspecify.annotations.Nullable;

/** The table can't be used as it is: the message says why and what resolves it. */
public class SinkException extends RuntimeException {
  public SinkException(String message) {
    super(message);
  }

  public SinkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
