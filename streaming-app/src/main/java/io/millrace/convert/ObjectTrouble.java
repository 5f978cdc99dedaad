package io.millrace.convert;

import io.millrace.ledger.Outcome;
import java.io.Serializable;
import java.util.Locale;

/**
 * Why one object can't be converted, for which no other object and no outage is to blame.
 *
 * @param ordinal the arrival's
 * @param kind what is wrong
 * @param detail for a person; no user data
 */
public record ObjectTrouble(long ordinal, Kind kind, String detail) implements Serializable {

  /** What can be wrong with an object. */
  public enum Kind {
    GONE,
    CHANGED,
    ACCESS_DENIED,
    ARCHIVED,
    SIZE_DIFFERS,
    RECORD_TOO_LARGE,
    COMPRESSED_INPUT_NOT_SUPPORTED
  }

  /** The object's outcome: gone, changed, or quarantined whole with the kind as its reason. */
  Outcome toOutcome() {
    String reason = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return switch (kind) {
      case GONE -> Outcome.without(ordinal, Outcome.Kind.GONE, null);
      case CHANGED -> Outcome.without(ordinal, Outcome.Kind.CHANGED, null);
      default -> Outcome.without(ordinal, Outcome.Kind.QUARANTINED, reason);
    };
  }
}
