package io.millrace.conversion;

import io.millrace.input.Input;
import io.millrace.ndjson.MalformedReason;
import java.io.IOException;

/** There are malformed records where none, or not as many, are allowed. */
public final class MalformedRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  private MalformedRecordException(String message) {
    super(message);
  }

  static MalformedRecordException first(Input input, long offset, MalformedReason reason) {
    return new MalformedRecordException(
        "%s: the record at byte %d is malformed: %s; correct it, or let malformed records be quarantined"
            .formatted(input.name(), offset, reason.name().toLowerCase(java.util.Locale.ROOT)));
  }

  static MalformedRecordException tooMany(
      Input input, long malformed, long records, double maxRatio) {
    return new MalformedRecordException(
        "%s: %d of the first %d records are malformed, a greater share than %s, the limit maxMalformedRatio; check whether the schema is this file's"
            .formatted(input.name(), malformed, records, maxRatio));
  }
}
