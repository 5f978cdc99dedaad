package io.millrace.source;

import org.jspecify.annotations.Nullable;

/** The source can't go on: its message says what happened, why, and what resolves it. */
public final class SourceException extends RuntimeException {
  SourceException(String message) {
    super(message);
  }

  SourceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
