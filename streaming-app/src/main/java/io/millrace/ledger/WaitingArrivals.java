package io.millrace.ledger;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Size and event time of each arrival that is not committed: what admission and lag need, without a
 * request. Sixteen bytes an arrival. Safe for several threads.
 */
final class WaitingArrivals {
  private static final int FIRST_CAPACITY = 1024;

  /** Index i is ordinal {@code committed + 1 + i}; the sum of bytes up to and with it. */
  private long[] bytesThrough = new long[FIRST_CAPACITY];

  private long[] eventMillis = new long[FIRST_CAPACITY];
  private int size;
  private long committed;
  private long bytesBefore;

  synchronized void add(Arrival arrival) {
    if (arrival.ordinal() <= committed) {
      return;
    }
    if (arrival.ordinal() != committed + size + 1) {
      throw new IllegalArgumentException(
          "ordinal %d follows %d".formatted(arrival.ordinal(), committed + size));
    }
    if (size == bytesThrough.length) {
      bytesThrough = Arrays.copyOf(bytesThrough, size * 2);
      eventMillis = Arrays.copyOf(eventMillis, size * 2);
    }
    long bytes = arrival.bornSuperseded() ? 0 : arrival.object().sizeBytes();
    bytesThrough[size] = through(size - 1) + bytes;
    eventMillis[size] = arrival.object().eventTime().toEpochMilli();
    size++;
  }

  synchronized void commit(long ordinal) {
    int gone = (int) Math.min(size, ordinal - committed);
    if (gone <= 0) {
      return;
    }
    bytesBefore = through(gone - 1);
    size -= gone;
    System.arraycopy(bytesThrough, gone, bytesThrough, 0, size);
    System.arraycopy(eventMillis, gone, eventMillis, 0, size);
    committed += gone;
  }

  /** The highest ordinal, waiting or committed. */
  synchronized long head() {
    return committed + size;
  }

  synchronized long admissible(long from, long maxObjects, long maxBytes) {
    int begin = (int) Math.max(0, from - committed);
    if (begin >= size) {
      return from;
    }
    long limit = through(begin - 1) + maxBytes;
    if (limit < 0) {
      limit = Long.MAX_VALUE;
    }
    int end = begin + 1; // one arrival is always admitted
    int most = (int) Math.min(size, begin + maxObjects);
    int low = end;
    int high = most;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (through(middle - 1) <= limit) {
        end = Math.max(end, middle);
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return committed + end;
  }

  synchronized Backlog backlog() {
    long oldest = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      oldest = Math.min(oldest, eventMillis[i]);
    }
    @Nullable Instant time = size == 0 ? null : Instant.ofEpochMilli(oldest);
    return new Backlog(size, through(size - 1) - bytesBefore, time);
  }

  private long through(int index) {
    return index < 0 ? bytesBefore : bytesThrough[index];
  }
}
