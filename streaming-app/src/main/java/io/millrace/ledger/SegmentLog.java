package io.millrace.ledger;

import io.millrace.ledger.Segment.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of one ledger, from the first to the head as this process knows it.
 *
 * <p>Only one thread may append; any may read.
 */
final class SegmentLog {
  /** Decoded segments that are kept, the most recently used. */
  static final int CACHED_SEGMENTS = 64;

  private final PatientStore store;
  private final Map<Long, Segment> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Segment> eldest) {
          return size() > CACHED_SEGMENTS;
        }
      };

  /** Index i is the first ordinal of segment i + 1. */
  private long[] firstOrdinals = new long[1024];

  private volatile long head;

  SegmentLog(PatientStore store) {
    this.store = store;
  }

  /** The number of the last segment; 0 where there is none. */
  long head() {
    return head;
  }

  /** The segment after the head, if somebody has written it; it is then the head. */
  Optional<Segment> advance() {
    Optional<Segment> next = read(head + 1);
    next.ifPresent(this::appended);
    return next;
  }

  /**
   * Writes the segment after the head.
   *
   * @return whether it now is the head; false where another stands there
   */
  boolean append(Segment segment) {
    boolean mine =
        store.putIfAbsent(LedgerNames.segment(segment.number()), SegmentCodec.encode(segment));
    if (mine) {
      appended(segment);
    }
    return mine;
  }

  /** Who wrote the segment after the head; empty where there is none. */
  Optional<Owner> ownerAfter(long number) {
    return read(number + 1).map(Segment::owner);
  }

  /** The arrivals of a range that lies up to the head. */
  List<Arrival> arrivals(long fromExclusive, long toInclusive) {
    List<Arrival> arrivals = new ArrayList<>();
    long number = holding(fromExclusive + 1);
    while (fromExclusive + arrivals.size() < toInclusive) {
      Segment segment = cached(number++);
      for (Arrival arrival : segment.arrivals()) {
        if (arrival.ordinal() > fromExclusive && arrival.ordinal() <= toInclusive) {
          arrivals.add(arrival);
        }
      }
    }
    return arrivals;
  }

  private synchronized long holding(long ordinal) {
    int found = Arrays.binarySearch(firstOrdinals, 0, (int) head, ordinal);
    int index = found >= 0 ? found : -found - 2;
    while (index > 0 && firstOrdinals[index - 1] == ordinal) {
      index--; // segments without arrivals name the ordinal that comes next
    }
    return index + 1L;
  }

  private Segment cached(long number) {
    synchronized (this) {
      Segment known = cache.get(number);
      if (known != null) {
        return known;
      }
    }
    Segment segment =
        read(number)
            .orElseThrow(
                () ->
                    new LedgerException(
                        ("ledger %s has lost segment %d: files of a ledger must never be deleted;"
                                + " restore it")
                            .formatted(store.location(), number)));
    synchronized (this) {
      cache.put(number, segment);
    }
    return segment;
  }

  private Optional<Segment> read(long number) {
    String name = LedgerNames.segment(number);
    return store.read(name).map(file -> SegmentCodec.decode(name, file));
  }

  private synchronized void appended(Segment segment) {
    if (head == firstOrdinals.length) {
      firstOrdinals = Arrays.copyOf(firstOrdinals, firstOrdinals.length * 2);
    }
    firstOrdinals[(int) head] = segment.firstOrdinal();
    cache.put(segment.number(), segment);
    head = segment.number();
  }
}
