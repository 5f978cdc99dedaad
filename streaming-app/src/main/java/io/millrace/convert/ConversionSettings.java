package io.millrace.convert;

import java.time.ZoneId;

/**
 * How objects become rows.
 *
 * @param timeZone governs timestamps without a zone, and the dates and hours of partitions; the
 *     Spark session must have it, too
 * @param splitBytes what one task is given of a large object
 * @param maxRecordBytes an object with a longer record is quarantined whole
 * @param maxKeptRecordBytes how much of a malformed record's text is kept
 */
public record ConversionSettings(
    ZoneId timeZone, long splitBytes, int maxRecordBytes, int maxKeptRecordBytes) {

  public ConversionSettings {
    if (splitBytes < 1 || maxRecordBytes < 1 || maxKeptRecordBytes < 1) {
      throw new IllegalArgumentException(
          "sizes must be positive: splits of %d, records of %d, kept %d bytes"
              .formatted(splitBytes, maxRecordBytes, maxKeptRecordBytes));
    }
  }
}
