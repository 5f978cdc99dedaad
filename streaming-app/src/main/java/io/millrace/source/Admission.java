package io.millrace.source;

import static java.util.Objects.requireNonNull;

import io.millrace.ledger.Ledger;

/** Where a batch ends: by limits that are fixed, and by the size that suits the target duration. */
public final class Admission {
  private final ArrivalLog log;
  private final AdmissionLimits limits;
  private final BatchSize size;

  public Admission(Ledger ledger, AdmissionLimits limits, BatchSize size) {
    this(ArrivalLog.of(ledger), limits, size);
  }

  Admission(ArrivalLog log, AdmissionLimits limits, BatchSize size) {
    this.log = requireNonNull(log, "log");
    this.limits = requireNonNull(limits, "limits");
    this.size = requireNonNull(size, "size");
  }

  /** By the fixed limits alone. */
  static Admission of(ArrivalLog log, AdmissionLimits limits) {
    return new Admission(log, limits, BatchSize.unlimited());
  }

  /**
   * Where a batch that begins behind {@code from} ends now, one arrival behind it at least.
   *
   * @param last where it ends at the latest
   */
  public long end(long from, long last) {
    return end(from, last, limits);
  }

  long end(long from, long last, AdmissionLimits most) {
    long to = log.admissible(from, most.maxObjects(), most.maxBytes(), 0);
    if (!most.equals(AdmissionLimits.NONE)) {
      to =
          Math.min(to, log.admissible(from, Long.MAX_VALUE, size.maxBytes(), size.bytesAnObject()));
    }
    return Math.min(last, to);
  }

  ArrivalLog log() {
    return log;
  }

  AdmissionLimits limits() {
    return limits;
  }
}
