package io.millrace.ndjson;

/** A value can't become a value of its field's type, so that the record is malformed. */
final class ConversionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final MalformedReason reason;

  ConversionException(MalformedReason reason) {
    // Thrown once for each malformed record, of which there may be millions: no stack trace.
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  MalformedReason reason() {
    return reason;
  }
}
