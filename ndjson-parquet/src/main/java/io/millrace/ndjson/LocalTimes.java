package io.millrace.ndjson;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Tells a time zone's offset at a local time, remembering the last period that it asked for.
 *
 * <p>Near a change of the offset, where a local time may be none or two, it does not say.
 */
final class LocalTimes {
  /** No offset is so great. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  /** More than any two offsets differ by. */
  private static final long MARGIN_SECONDS = 2 * 86_400;

  private final ZoneRules rules;
  private long from = 0;
  private long to = 0;
  private int offset;

  LocalTimes(ZoneId zone) {
    this.rules = zone.getRules();
    if (rules.isFixedOffset()) {
      from = Long.MIN_VALUE;
      to = Long.MAX_VALUE;
      offset = rules.getOffset(Instant.EPOCH).getTotalSeconds();
    }
  }

  /**
   * Seconds ahead of UTC, or {@link #UNKNOWN}.
   *
   * @param localSecond since 1970-01-01T00:00 of the time zone
   */
  int offset(long localSecond) {
    if (localSecond < from || localSecond >= to) {
      find(localSecond);
      if (localSecond < from || localSecond >= to) {
        return UNKNOWN;
      }
    }
    return offset;
  }

  private void find(long localSecond) {
    Instant about = Instant.ofEpochSecond(localSecond);
    ZoneOffsetTransition next = rules.nextTransition(about);
    // One at just this second is no later one, and must not be lost between the two.
    ZoneOffsetTransition previous = rules.previousTransition(about.plusSeconds(1));
    from = previous == null ? Long.MIN_VALUE : previous.toEpochSecond() + MARGIN_SECONDS;
    to = next == null ? Long.MAX_VALUE : next.toEpochSecond() - MARGIN_SECONDS;
    ZoneOffset found = rules.getOffset(about);
    offset = found.getTotalSeconds();
  }
}
