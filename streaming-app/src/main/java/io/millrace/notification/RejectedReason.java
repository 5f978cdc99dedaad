package io.millrace.notification;

import java.util.Locale;

/** Why something of a message could not be taken: told to metrics; a person gets a sentence. */
public enum RejectedReason {
  /** Not JSON, or beyond the limits of what is parsed. */
  NOT_JSON,
  /** JSON, but no message that is understood. */
  UNKNOWN_FORM,
  /** Of a bucket that the stream may not read. */
  FOREIGN_BUCKET,
  /** A field is missing, or has no value that it can have. */
  MALFORMED;

  /** The name for metrics, logs and docs, such as {@code not-json}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
