package io.millrace.ndjson;

import java.io.IOException;

/** A record is longer than the limit, so that its object can't be read. */
public final class RecordTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  RecordTooLargeException(long offset, int maxRecordBytes) {
    super("the record at byte " + offset + " is longer than " + maxRecordBytes + " bytes");
    this.offset = offset;
  }

  /** Where the record's line begins in the object, in bytes. */
  public long offset() {
    return offset;
  }
}
