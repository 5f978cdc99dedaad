package io.millrace.conversion;

import io.millrace.ndjson.NdjsonReader;

/**
 * What became of records.
 *
 * @param records that became rows
 * @param malformed records
 * @param bytes of all lines, decompressed
 * @param withoutTimestamp rows that lack the timestamp that partitions; none where none does
 */
public record SplitResult(long records, long malformed, long bytes, long withoutTimestamp) {
  static final SplitResult NOTHING = new SplitResult(0, 0, 0, 0);

  static SplitResult of(NdjsonReader reader, long withoutTimestamp) {
    return new SplitResult(
        reader.records() - reader.malformedRecords(),
        reader.malformedRecords(),
        reader.bytes(),
        withoutTimestamp);
  }

  SplitResult plus(SplitResult other) {
    return new SplitResult(
        records + other.records,
        malformed + other.malformed,
        bytes + other.bytes,
        withoutTimestamp + other.withoutTimestamp);
  }
}
