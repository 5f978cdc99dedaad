package io.millrace.convert;

import java.io.Serializable;

/**
 * What was counted of an object, or of a part of it.
 *
 * @param converted records that are rows
 * @param malformed records that are none
 * @param keptBytes the lengths of these as far as they would be kept
 * @param bytes of all lines, decompressed
 * @param withoutTimestamp rows that lack the timestamp that partitions
 */
record ObjectCounts(
    long converted, long malformed, long keptBytes, long bytes, long withoutTimestamp)
    implements Serializable {
  static final ObjectCounts NOTHING = new ObjectCounts(0, 0, 0, 0, 0);

  long records() {
    return converted + malformed;
  }

  ObjectCounts plus(ObjectCounts other) {
    return new ObjectCounts(
        converted + other.converted,
        malformed + other.malformed,
        keptBytes + other.keptBytes,
        bytes + other.bytes,
        withoutTimestamp + other.withoutTimestamp);
  }
}
