package io.millrace.app;

import org.jspecify.annotations.Nullable;

/** Something that only its operator can mend; the message is shown without a stack trace. */
final class OperatorException extends RuntimeException {
  OperatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
