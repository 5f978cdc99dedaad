package io.millrace.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What became of one arrival.
 *
 * @param ordinal the arrival's
 * @param kind what became of it
 * @param reason for {@code QUARANTINED}, {@code SUPERSEDED} and others where the kind alone does
 *     not say it: a short code of lower-case letters and hyphens, never user data; else null
 * @param recordsRead non-blank lines read
 * @param recordsConverted rows in the table
 * @param recordsQuarantined records in the quarantine; {@code recordsRead = recordsConverted +
 *     recordsQuarantined} always holds
 * @param bytesRead bytes of all lines, decompressed: the object's size, were it not compressed
 */
public record Outcome(
    long ordinal,
    Kind kind,
    @Nullable String reason,
    long recordsRead,
    long recordsConverted,
    long recordsQuarantined,
    long bytesRead) {

  /** The kinds of outcome. */
  public enum Kind {
    /** Its records are rows of the table or in the quarantine. */
    CONVERTED,
    /** The object as a whole is not in the table; a command can release it. */
    QUARANTINED,
    /** A newer version of the same key is known. */
    SUPERSEDED,
    /** The object is no longer the announced version, and no newer one is known. */
    CHANGED,
    /** The announced version no longer exists. */
    GONE
  }

  public Outcome {
    requireNonNull(kind, "kind");
    if (ordinal < 1) {
      throw new IllegalArgumentException("ordinals begin with 1, not " + ordinal);
    }
    if (recordsRead != recordsConverted + recordsQuarantined) {
      throw new IllegalArgumentException(
          "arrival %d: %d records read, but %d converted and %d quarantined"
              .formatted(ordinal, recordsRead, recordsConverted, recordsQuarantined));
    }
    if (kind != Kind.CONVERTED && recordsRead != 0) {
      throw new IllegalArgumentException(
          "arrival %d is %s and leaves no record, but counts %d"
              .formatted(ordinal, kind, recordsRead));
    }
  }

  /** An outcome that leaves no record anywhere. */
  public static Outcome without(long ordinal, Kind kind, @Nullable String reason) {
    return new Outcome(ordinal, kind, reason, 0, 0, 0, 0);
  }
}
