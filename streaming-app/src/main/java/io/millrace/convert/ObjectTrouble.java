package io.millrace.convert;

import io.millrace.convert.QuarantineReason.RowKind;
import io.millrace.ledger.Outcome;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Why one object can't be converted.
 *
 * @param ordinal the arrival's
 * @param outcome gone, changed, or quarantined whole
 * @param reason of an object that is quarantined; else null
 * @param detail for a person; no user data
 */
record ObjectTrouble(
    long ordinal, Outcome.Kind outcome, @Nullable QuarantineReason reason, String detail)
    implements Serializable {

  ObjectTrouble {
    boolean quarantined = outcome == Outcome.Kind.QUARANTINED;
    if (quarantined != (reason != null) || (reason != null && reason.kind() != RowKind.OBJECT)) {
      throw new IllegalArgumentException("an object can't be %s by %s".formatted(outcome, reason));
    }
  }

  static ObjectTrouble gone(long ordinal) {
    return new ObjectTrouble(ordinal, Outcome.Kind.GONE, null, "no such object or version");
  }

  static ObjectTrouble changed(long ordinal) {
    return new ObjectTrouble(ordinal, Outcome.Kind.CHANGED, null, "it has another ETag by now");
  }

  static ObjectTrouble of(long ordinal, QuarantineReason reason, String detail) {
    return new ObjectTrouble(ordinal, Outcome.Kind.QUARANTINED, reason, detail);
  }

  static ObjectTrouble malformedRatio(long ordinal, long records, long malformed) {
    return of(
        ordinal,
        QuarantineReason.MALFORMED_RATIO,
        "%d of its %d records are malformed".formatted(malformed, records));
  }

  /** Whether it may be everybody's trouble. */
  boolean isSuspicious() {
    return reason != null && reason.isSuspicious();
  }

  Outcome toOutcome() {
    return Outcome.without(ordinal, outcome, reason == null ? null : reason.code());
  }
}
