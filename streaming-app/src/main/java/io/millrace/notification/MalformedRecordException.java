package io.millrace.notification;

/** A record, or a message as a whole, can't be taken; the message says why and quotes nothing. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final RejectedReason reason;

  MalformedRecordException(String sentence) {
    this(RejectedReason.MALFORMED, sentence);
  }

  MalformedRecordException(RejectedReason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  RejectedReason reason() {
    return reason;
  }
}
