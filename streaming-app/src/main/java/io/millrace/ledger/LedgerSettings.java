package io.millrace.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a stream asks of its ledger.
 *
 * @param onOverwrite what a new version of a known key means
 * @param retention how long an entry stays in the working set after its outcome
 * @param maxRejectedBodyBytes how much of a rejected message's body is kept
 */
public record LedgerSettings(
    OnOverwrite onOverwrite, Duration retention, int maxRejectedBodyBytes) {

  public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);
  public static final int DEFAULT_MAX_REJECTED_BODY_BYTES = 64 * 1024;

  public LedgerSettings {
    requireNonNull(onOverwrite, "onOverwrite");
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("retention must be positive, not " + retention);
    }
    if (maxRejectedBodyBytes < 0) {
      throw new IllegalArgumentException(
          "maxRejectedBodyBytes is negative: " + maxRejectedBodyBytes);
    }
  }

  public static LedgerSettings defaults() {
    return new LedgerSettings(
        OnOverwrite.REPLACE, DEFAULT_RETENTION, DEFAULT_MAX_REJECTED_BODY_BYTES);
  }
}
