package io.millrace.conversion;

import io.millrace.ndjson.NdjsonReader;

/**
 * What became of records.
 *
 * @param records that became rows
 * @param malformed records
 * @param bytes of all lines, decompressed
 */
public record SplitResult(long records, long malformed, long bytes) {

  static SplitResult of(NdjsonReader reader) {
    return new SplitResult(
        reader.records() - reader.malformedRecords(), reader.malformedRecords(), reader.bytes());
  }

  SplitResult plus(SplitResult other) {
    return new SplitResult(
        records + other.records, malformed + other.malformed, bytes + other.bytes);
  }
}
