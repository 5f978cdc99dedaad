package io.millrace.notification;

/** A message, or one record of it, is not what its form demands; the message says what is wrong. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedRecordException(String reason) {
    super(reason);
  }
}
