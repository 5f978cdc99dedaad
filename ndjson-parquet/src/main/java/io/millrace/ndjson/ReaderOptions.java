package io.millrace.ndjson;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How records are read, within which limits.
 *
 * @param timeZone of timestamps that do not name one
 * @param maxRecordBytes how long a line may be; a longer one ends the reading with {@link
 *     RecordTooLargeException}
 * @param maxDepth how deep objects and arrays may be nested, the record itself counting as one; a
 *     deeper record is malformed
 * @param maxNumberChars how long a number may be written, or a text that is to become one; a record
 *     with a longer one is malformed
 * @param maxStringChars how long the text of a field may be; a record with a longer one is
 *     malformed
 */
public record ReaderOptions(
    ZoneId timeZone, int maxRecordBytes, int maxDepth, int maxNumberChars, int maxStringChars) {
  public static final int DEFAULT_MAX_RECORD_BYTES = RecordSplitter.DEFAULT_MAX_RECORD_BYTES;

  /** Spark's limit, which is Jackson's. */
  public static final int DEFAULT_MAX_DEPTH = 1_000;

  /** Spark's limit, which is Jackson's. */
  public static final int DEFAULT_MAX_NUMBER_CHARS = 1_000;

  /** Spark's limit, which is Jackson's. */
  public static final int DEFAULT_MAX_STRING_CHARS = 20_000_000;

  /** Numbers up to this length are always read; the plain path need not ask for the limit. */
  public static final int LEAST_MAX_NUMBER_CHARS = 64;

  /** The most that a line may be allowed to have, as it must fit in an array with room around. */
  public static final int MOST_MAX_RECORD_BYTES = 1 << 30;

  public ReaderOptions {
    requireNonNull(timeZone, "timeZone");
    requireWithin("maxRecordBytes", maxRecordBytes, 1, MOST_MAX_RECORD_BYTES);
    requireWithin("maxDepth", maxDepth, 1, DEFAULT_MAX_DEPTH);
    requireWithin(
        "maxNumberChars", maxNumberChars, LEAST_MAX_NUMBER_CHARS, DEFAULT_MAX_NUMBER_CHARS);
    requireWithin("maxStringChars", maxStringChars, 1, Integer.MAX_VALUE);
  }

  /** UTC, and the default limits. */
  public static ReaderOptions defaults() {
    return new ReaderOptions(
        ZoneOffset.UTC,
        DEFAULT_MAX_RECORD_BYTES,
        DEFAULT_MAX_DEPTH,
        DEFAULT_MAX_NUMBER_CHARS,
        DEFAULT_MAX_STRING_CHARS);
  }

  public ReaderOptions withTimeZone(ZoneId zone) {
    return new ReaderOptions(zone, maxRecordBytes, maxDepth, maxNumberChars, maxStringChars);
  }

  public ReaderOptions withMaxRecordBytes(int bytes) {
    return new ReaderOptions(timeZone, bytes, maxDepth, maxNumberChars, maxStringChars);
  }

  public ReaderOptions withMaxDepth(int depth) {
    return new ReaderOptions(timeZone, maxRecordBytes, depth, maxNumberChars, maxStringChars);
  }

  public ReaderOptions withMaxNumberChars(int chars) {
    return new ReaderOptions(timeZone, maxRecordBytes, maxDepth, chars, maxStringChars);
  }

  public ReaderOptions withMaxStringChars(int chars) {
    return new ReaderOptions(timeZone, maxRecordBytes, maxDepth, maxNumberChars, chars);
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d: %d".formatted(name, least, most, value));
    }
  }
}
