package io.millrace.sink;

import org.jspecify.annotations.Nullable;

/** The table's committed offset is not where this application left it: somebody else commits. */
public final class OffsetMismatchException extends SinkException {
  public OffsetMismatchException(String message) {
    super(message);
  }

  public OffsetMismatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
