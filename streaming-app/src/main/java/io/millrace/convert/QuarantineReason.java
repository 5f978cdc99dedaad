package io.millrace.convert;

import java.util.Locale;

/**
 * Why something is in the quarantine: the one list of its codes.
 *
 * <p>A code is never renamed, and never means anything else: rows of old batches have it.
 */
public enum QuarantineReason {
  MALFORMED(RowKind.RECORD, "The record is not a JSON object that the schema can take."),
  OVER_BATCH_LIMIT(
      RowKind.CUT,
      "So many of the object's malformed records (`records`) are counted but not kept, for the batch"
          + " had more than `quarantine.max-kept-records` or `quarantine.max-kept-size`."),
  ACCESS_DENIED(
      RowKind.OBJECT,
      "S3 denies access to this object, and grants it to others; or the object is gone, and the role"
          + " may not list the bucket."),
  REFUSED(
      RowKind.OBJECT,
      "S3 refuses to read the object for another reason, such as a disabled KMS key or an encryption"
          + " key that only its writer has; `detail` has S3's code."),
  ARCHIVED(RowKind.OBJECT, "The object is in an archived storage class and not restored."),
  SIZE_DIFFERS(RowKind.OBJECT, "The object does not have the size that was announced."),
  UNREADABLE(
      RowKind.OBJECT,
      "Reading the object fails again and again, while others can be read for as long as"
          + " `quarantine.patience`."),
  RECORD_TOO_LARGE(RowKind.OBJECT, "A record is longer than `conversion.max-record-size`."),
  MALFORMED_RATIO(
      RowKind.OBJECT, "More of its records are malformed than `quarantine.max-malformed-ratio`."),
  DAMAGED(
      RowKind.OBJECT,
      "The object's compressed data are cut off, damaged or followed by something else, or grow"
          + " beyond `conversion.max-decompressed-size` or `conversion.max-decompression-ratio`.");

  private final RowKind kind;
  private final String meaning;

  /** What a row of the quarantine stands for. */
  public enum RowKind {
    /** One malformed record, with its bytes. */
    RECORD,
    /** Malformed records of one object that are not kept. */
    CUT,
    /** One object, of which no row is in the table. */
    OBJECT;

    /** Its value in the column {@code kind}. */
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  QuarantineReason(RowKind kind, String meaning) {
    this.kind = kind;
    this.meaning = meaning;
  }

  /** Its value in the column {@code reason} and in the ledger's outcomes. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The rows that have it. */
  public RowKind kind() {
    return kind;
  }

  /** One sentence for people. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether the trouble may be everybody's rather than the object's: {@link TroubleJudge} decides.
   */
  boolean isSuspicious() {
    return this == ACCESS_DENIED || this == REFUSED || this == UNREADABLE;
  }
}
