package io.millrace.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Size and event time of each arrival that is not committed: what admission and lag need, without a
 * request. Some sixteen bytes an arrival; every call costs in proportion to the arrivals that it
 * adds or commits, or less. Safe for several threads.
 */
final class WaitingArrivals {
  /** Index i is ordinal {@code committed + 1 + i}; the sum of bytes up to and with it. */
  private final LongRing bytesThrough = new LongRing();

  private final LongRing eventMillis = new LongRing();

  /**
   * Ordinals of which none has a later one with the same or an earlier event time: the first is the
   * oldest.
   */
  private final LongRing oldest = new LongRing();

  private long committed;
  private long bytesBefore;

  /** A copy of what waits; its arrays are not copied again. */
  static final class Copy {
    private final long committed;
    private final long[] bytes;
    private final long[] eventMillis;

    /**
     * Of arrivals that follow one another.
     *
     * @param committed the ordinal behind which it begins
     * @param bytes of each, ascending by ordinal
     * @param eventMillis of each
     */
    Copy(long committed, long[] bytes, long[] eventMillis) {
      this.committed = committed;
      this.bytes = bytes;
      this.eventMillis = eventMillis;
    }

    long committed() {
      return committed;
    }

    long[] bytes() {
      return bytes;
    }

    long[] eventMillis() {
      return eventMillis;
    }
  }

  /** Begins behind a committed offset, with nothing. */
  synchronized void begin(long committedOrdinal) {
    if (head() != 0) {
      throw new IllegalStateException("arrivals wait already");
    }
    committed = committedOrdinal;
  }

  /** What there is to read of it. */
  static long bytes(Arrival arrival) {
    return arrival.bornSuperseded() ? 0 : arrival.object().sizeBytes();
  }

  void add(Arrival arrival) {
    add(arrival.ordinal(), bytes(arrival), arrival.object().eventTime().toEpochMilli());
  }

  synchronized void add(long ordinal, long bytes, long millis) {
    if (ordinal <= committed) {
      return;
    }
    if (ordinal != head() + 1) {
      throw new IllegalArgumentException("ordinal %d follows %d".formatted(ordinal, head()));
    }
    bytesThrough.add(through(size() - 1) + bytes);
    eventMillis.add(millis);
    while (oldest.size() > 0 && eventMillisOf(oldest.get(oldest.size() - 1)) >= millis) {
      oldest.removeLast();
    }
    oldest.add(ordinal);
  }

  synchronized void commit(long ordinal) {
    int gone = (int) Math.min(size(), ordinal - committed);
    if (gone <= 0) {
      return;
    }
    bytesBefore = through(gone - 1);
    bytesThrough.removeFirst(gone);
    eventMillis.removeFirst(gone);
    committed += gone;
    while (oldest.size() > 0 && oldest.get(0) <= committed) {
      oldest.removeFirst(1);
    }
  }

  /** The highest ordinal, waiting or committed. */
  synchronized long head() {
    return committed + size();
  }

  synchronized long admissible(long from, long maxObjects, long maxBytes, long bytesAnObject) {
    int begin = (int) Math.max(0, from - committed);
    if (begin >= size()) {
      return from;
    }
    long before = through(begin - 1);
    int end = begin + 1; // one arrival is always admitted
    int most = maxObjects < size() - begin ? begin + (int) maxObjects : size();
    int low = end;
    int high = most;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (through(middle - 1) - before + (middle - begin) * bytesAnObject <= maxBytes) {
        end = Math.max(end, middle);
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return committed + end;
  }

  synchronized Backlog backlog() {
    if (size() == 0) {
      return new Backlog(0, 0, null);
    }
    @Nullable Instant time = Instant.ofEpochMilli(eventMillisOf(oldest.get(0)));
    return new Backlog(size(), through(size() - 1) - bytesBefore, time);
  }

  synchronized Copy copy() {
    long[] bytes = new long[size()];
    long[] millis = new long[size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = through(i) - through(i - 1);
      millis[i] = eventMillis.get(i);
    }
    return new Copy(committed, bytes, millis);
  }

  private int size() {
    return bytesThrough.size();
  }

  private long eventMillisOf(long ordinal) {
    return eventMillis.get((int) (ordinal - committed - 1));
  }

  private long through(int index) {
    return index < 0 ? bytesBefore : bytesThrough.get(index);
  }
}
