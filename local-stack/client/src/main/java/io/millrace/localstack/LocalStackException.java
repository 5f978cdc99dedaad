package io.millrace.localstack;

/** The local stack could not be started or steered; the message says why and what to do. */
public final class LocalStackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LocalStackException(String message) {
    super(message);
  }

  LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}
