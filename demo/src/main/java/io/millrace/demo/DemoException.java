package io.millrace.demo;

import org.jspecify.annotations.Nullable;

/** The demo can't go on; the message says why, and where to look. */
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    this(message, null);
  }

  DemoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
