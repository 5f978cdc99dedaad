package io.millrace.ledger;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded segments, the most recently used. Not safe for several threads. */
final class SegmentCache {
  /** Segments that are kept at most. */
  static final int MAX_SEGMENTS = 1_024;

  /** Arrivals that they hold together at most, some 20 MiB; a single segment may hold more. */
  static final int MAX_ARRIVALS = 50_000;

  private final Map<Long, Segment> segments = new LinkedHashMap<>(16, 0.75f, true);
  private int arrivals;

  @Nullable Segment get(long number) {
    return segments.get(number);
  }

  void put(Segment segment) {
    if (segments.put(segment.number(), segment) == null) {
      arrivals += segment.arrivals().size();
    }
    Iterator<Segment> eldest = segments.values().iterator();
    while (segments.size() > 1 && (segments.size() > MAX_SEGMENTS || arrivals > MAX_ARRIVALS)) {
      arrivals -= eldest.next().arrivals().size();
      eldest.remove();
    }
  }
}
