package io.millrace.ledger;

import io.millrace.ledger.Segment.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The segments of one ledger, from the first to the head as this process knows it. Their numbers
 * have no gaps, and their ordinals ascend: so both the head and the segment of an ordinal are found
 * by reading few of them.
 *
 * <p>Only one thread may append; any may read.
 */
final class SegmentLog {
  private final PatientStore store;
  private final ReadAhead reads;
  private final SegmentPositions positions = new SegmentPositions();
  private final SegmentCache cache = new SegmentCache();
  private volatile long head;

  SegmentLog(PatientStore store, ReadAhead reads) {
    this.store = store;
    this.reads = reads;
  }

  /** The number of the last segment; 0 where there is none. */
  long head() {
    return head;
  }

  /**
   * The last segment that stands, or one that was the last a moment ago; empty in a new ledger.
   * Reads some 2 log2(n) of n segments.
   */
  Optional<Segment> last() {
    Optional<Segment> last = Optional.empty();
    long standing = 0;
    long missing = 1;
    for (Optional<Segment> next = read(1); next.isPresent(); next = read(missing)) {
      last = next;
      standing = missing;
      missing = 2 * missing;
    }
    while (missing - standing > 1) {
      long middle = (standing + missing) >>> 1;
      Optional<Segment> found = read(middle);
      if (found.isPresent()) {
        last = found;
        standing = middle;
      } else {
        missing = middle;
      }
    }
    return last;
  }

  /** Makes a segment the head, of which all before it is known already. */
  void beginAfter(long number) {
    head = number;
  }

  /** The segment after the head, if somebody has written it; it is then the head. */
  Optional<Segment> advance() {
    Optional<Segment> next = read(head + 1);
    next.ifPresent(this::appended);
    return next;
  }

  /** Makes a segment that was read, the one after the head, the head. */
  void advanceTo(Segment segment) {
    if (segment.number() != head + 1) {
      throw new IllegalArgumentException(
          "segment %d does not follow %d".formatted(segment.number(), head));
    }
    appended(segment);
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

  /** Who wrote the segment after that one; empty where there is none. */
  Optional<Owner> ownerAfter(long number) {
    return read(number + 1).map(Segment::owner);
  }

  /** The arrivals of a range that lies up to the head. */
  List<Arrival> arrivals(long fromExclusive, long toInclusive) {
    List<Arrival> arrivals = new ArrayList<>();
    if (fromExclusive >= toInclusive) {
      return arrivals;
    }
    long first = holding(fromExclusive + 1);
    long last = holding(toInclusive);
    Consumer<Segment> take =
        segment -> {
          for (Arrival arrival : segment.arrivals()) {
            if (arrival.ordinal() > fromExclusive && arrival.ordinal() <= toInclusive) {
              arrivals.add(arrival);
            }
          }
        };
    if (areCached(first, last)) {
      for (long number = first; number <= last; number++) {
        take.accept(segment(number));
      }
    } else {
      reads.inOrder(first, last, this::segment, take);
    }
    if (arrivals.size() != toInclusive - fromExclusive) {
      throw new IllegalArgumentException(
          "ordinals %d to %d are not all in the ledger".formatted(fromExclusive + 1, toInclusive));
    }
    return arrivals;
  }

  private synchronized boolean areCached(long first, long last) {
    for (long number = first; number <= last; number++) {
      if (cache.get(number) == null) {
        return false;
      }
    }
    return true;
  }

  /** A segment up to the head. */
  Segment segment(long number) {
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
    saw(segment);
    return segment;
  }

  /** The last segment whose first ordinal is not after this one: it holds it. */
  private long holding(long ordinal) {
    long low;
    long high;
    synchronized (this) {
      low = positions.notAfter(ordinal);
      high = positions.after(ordinal, head + 1);
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (segment(middle).firstOrdinal() <= ordinal) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Optional<Segment> read(long number) {
    String name = LedgerNames.segment(number);
    return store.read(name).map(file -> SegmentCodec.decode(name, file));
  }

  private synchronized void saw(Segment segment) {
    cache.put(segment);
    positions.saw(segment);
  }

  private synchronized void appended(Segment segment) {
    saw(segment);
    head = segment.number();
  }
}
