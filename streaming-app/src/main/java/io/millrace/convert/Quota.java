package io.millrace.convert;

import java.io.Serializable;

/** So many malformed records, and so many bytes of them. */
record Quota(long records, long bytes) implements Serializable {
  static final Quota NONE = new Quota(0, 0);
  static final Quota UNLIMITED = new Quota(Long.MAX_VALUE, Long.MAX_VALUE);

  Quota plusRecord(long recordBytes) {
    return new Quota(records + 1, bytes + recordBytes);
  }

  boolean isWithin(Quota limit) {
    return records <= limit.records && bytes <= limit.bytes;
  }
}
