package io.millrace.convert;

import static java.util.Objects.requireNonNull;

import io.millrace.input.DecompressionLimits;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * How objects become rows.
 *
 * @param timeZone governs timestamps without a zone, and the dates and hours of partitions; the
 *     Spark session must have it, too
 * @param splitBytes what one task is given of a large object
 * @param maxRecordBytes an object with a longer record is quarantined whole
 * @param targetFileBytes how large files are to be
 * @param decompression how much compressed objects may grow; larger ones are quarantined whole
 * @param quarantine what is kept of malformed records
 */
public record ConversionSettings(
    ZoneId timeZone,
    long splitBytes,
    int maxRecordBytes,
    long targetFileBytes,
    DecompressionLimits decompression,
    QuarantineLimits quarantine)
    implements Serializable {

  public ConversionSettings {
    requireNonNull(decompression, "decompression");
    requireNonNull(quarantine, "quarantine");
    if (splitBytes < 1 || maxRecordBytes < 1 || targetFileBytes < 1) {
      throw new IllegalArgumentException(
          "sizes must be positive: splits of %d, records of %d, files of %d bytes"
              .formatted(splitBytes, maxRecordBytes, targetFileBytes));
    }
  }

  /** With the default limits of decompression. */
  public ConversionSettings(
      ZoneId timeZone,
      long splitBytes,
      int maxRecordBytes,
      long targetFileBytes,
      QuarantineLimits quarantine) {
    this(
        timeZone,
        splitBytes,
        maxRecordBytes,
        targetFileBytes,
        DecompressionLimits.defaults(),
        quarantine);
  }
}
