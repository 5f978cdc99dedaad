package io.millrace.ledger;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which segment holds an ordinal, as far as it was seen: bounds for a search among segment files.
 * When full, every second position is dropped. Not safe for several threads.
 */
final class SegmentPositions {
  /** Positions that are kept at most. */
  static final int MAX_POSITIONS = 65_536;

  private final TreeMap<Long, Long> numberByFirstOrdinal = new TreeMap<>();

  /** Of segments that name one ordinal, the last holds it. */
  void saw(Segment segment) {
    numberByFirstOrdinal.merge(segment.firstOrdinal(), segment.number(), Math::max);
    if (numberByFirstOrdinal.size() > MAX_POSITIONS) {
      Iterator<Long> keys = numberByFirstOrdinal.keySet().iterator();
      for (boolean drop = false; keys.hasNext(); drop = !drop) {
        keys.next();
        if (drop) {
          keys.remove();
        }
      }
    }
  }

  /** A segment that begins at the ordinal or before it. */
  long notAfter(long ordinal) {
    Map.Entry<Long, Long> known = numberByFirstOrdinal.floorEntry(ordinal);
    return known == null ? 1 : known.getValue();
  }

  /** The first segment that is known to begin after the ordinal, or else {@code otherwise}. */
  long after(long ordinal, long otherwise) {
    Map.Entry<Long, Long> known = numberByFirstOrdinal.higherEntry(ordinal);
    return known == null ? otherwise : known.getValue();
  }
}
