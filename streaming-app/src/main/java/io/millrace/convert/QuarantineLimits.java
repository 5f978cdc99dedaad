package io.millrace.convert;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of what is malformed is kept, and when an object is more than a few bad records.
 *
 * @param maxKeptRecordBytes how much of a malformed record's text is kept
 * @param maxKeptRecords malformed records that a batch keeps; more are counted only
 * @param maxKeptBytes bytes of them that a batch keeps
 * @param maxMalformedRatio an object of which a larger part of the records is malformed is
 *     quarantined whole
 * @param minRecordsForRatio an object with fewer records is not, whatever its ratio
 */
public record QuarantineLimits(
    int maxKeptRecordBytes,
    long maxKeptRecords,
    long maxKeptBytes,
    double maxMalformedRatio,
    int minRecordsForRatio)
    implements Serializable {
  public static final int DEFAULT_MAX_KEPT_RECORD_BYTES = 1 << 20;
  public static final int DEFAULT_MAX_KEPT_RECORDS = 100_000;
  public static final long DEFAULT_MAX_KEPT_BYTES = 256L << 20;
  public static final double DEFAULT_MAX_MALFORMED_RATIO = 0.5;
  public static final int DEFAULT_MIN_RECORDS_FOR_RATIO = 100;

  public QuarantineLimits {
    if (maxKeptRecordBytes < 1 || maxKeptRecords < 0 || maxKeptBytes < 0) {
      throw new IllegalArgumentException(
          "no limits of a quarantine: %d bytes of a record, %d records, %d bytes"
              .formatted(maxKeptRecordBytes, maxKeptRecords, maxKeptBytes));
    }
    if (!(maxMalformedRatio >= 0 && maxMalformedRatio <= 1) || minRecordsForRatio < 1) {
      throw new IllegalArgumentException(
          "no limits of an object: ratio %s from %d records"
              .formatted(maxMalformedRatio, minRecordsForRatio));
    }
  }

  public static QuarantineLimits defaults() {
    return new QuarantineLimits(
        DEFAULT_MAX_KEPT_RECORD_BYTES,
        DEFAULT_MAX_KEPT_RECORDS,
        DEFAULT_MAX_KEPT_BYTES,
        DEFAULT_MAX_MALFORMED_RATIO,
        DEFAULT_MIN_RECORDS_FOR_RATIO);
  }

  /**
   * The fair shares of the objects that may not keep all.
   *
   * @param counts how many malformed records each has, by ordinal
   * @param bytes how long those are as far as they would be kept, by ordinal
   */
  Map<Long, Quota> quotas(Map<Long, Long> counts, Map<Long, Long> bytes) {
    Map<Long, Long> records = Shares.of(counts, maxKeptRecords);
    Map<Long, Long> sizes = Shares.of(bytes, maxKeptBytes);
    Map<Long, Quota> quotas = new TreeMap<>();
    counts.forEach(
        (ordinal, count) -> {
          Quota quota = new Quota(records.get(ordinal), sizes.get(ordinal));
          if (!new Quota(count, bytes.get(ordinal)).isWithin(quota)) {
            quotas.put(ordinal, quota);
          }
        });
    return quotas;
  }

  /** Whether an object has so many malformed records that it is quarantined whole. */
  boolean isHopeless(long records, long malformed) {
    return records >= minRecordsForRatio && malformed > maxMalformedRatio * records;
  }
}
