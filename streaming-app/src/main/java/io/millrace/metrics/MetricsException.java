package io.millrace.metrics;

/** The endpoint can't be served; the message says what to do. */
public final class MetricsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MetricsException(String message, Throwable cause) {
    super(message, cause);
  }
}
