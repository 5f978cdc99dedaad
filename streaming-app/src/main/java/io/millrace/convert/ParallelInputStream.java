package io.millrace.convert;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a pinned object from an offset on: where one connection is too slow for who reads,
 * several ranges are fetched at once into memory, otherwise the bytes are taken as they come. Each
 * request survives what {@link PinnedInputStream} survives.
 *
 * <p>For one thread; another one may close it.
 */
final class ParallelInputStream extends InputStream {
  private static final long NOWHERE = Long.MAX_VALUE;

  private final PinnedObject object;
  private final long size;
  private final long needed;
  private final ParallelReads reads;
  private final ReadPace pace;

  /** What is fetched or was fetched, in the object's order. */
  private final ArrayDeque<FetchedRange> ranges = new ArrayDeque<>();

  /** Of the next byte to read. */
  private long position;

  /** Where the pace is judged next. */
  private long judgement;

  /** Behind the ranges. */
  private long rangesEnd;

  /** Read without ranges before it, to {@link #directEnd}. */
  private @Nullable PinnedInputStream direct;

  /** Where ranges go on, if they do. */
  private long directEnd = NOWHERE;

  private boolean closed;

  /**
   * @param size of the object
   * @param offset where to begin
   * @param needed behind the last byte that is surely read: ranges end there
   * @param nanos a clock, by which the pace is judged
   */
  ParallelInputStream(
      PinnedObject object,
      long size,
      long offset,
      long needed,
      ParallelReads reads,
      LongSupplier nanos) {
    this.object = object;
    this.size = size;
    this.position = offset;
    this.judgement = offset + reads.rangeBytes();
    this.rangesEnd = offset;
    this.needed = Math.min(size, needed);
    this.reads = reads;
    this.pace = new ReadPace(reads.requests(), nanos);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    pace.beforeRead();
    FetchedRange range = range();
    int count =
        range != null
            ? range.read(target, offset, length)
            : direct().read(target, offset, (int) Math.min(length, directEnd - position));
    pace.afterRead();
    position += Math.max(0, count);
    return count;
  }

  /** Breaks requests off that are under way. */
  @Override
  public synchronized void close() {
    closed = true;
    ranges.forEach(FetchedRange::cancel);
    ranges.clear();
    if (direct != null) {
      direct.close();
    }
  }

  /** The range that has the next byte, with as many under way behind it as pay; null for none. */
  private synchronized @Nullable FetchedRange range() throws IOException {
    requireOpen();
    byte[] memory = null;
    FetchedRange first = ranges.peek();
    if (first != null && first.isRead()) {
      memory = ranges.remove().memory();
    }
    if (position >= judgement) {
      judge();
    }
    if (position == directEnd && direct != null) {
      direct.close();
      direct = null;
      directEnd = NOWHERE;
    }
    if (pace.requests() > 1 && (direct == null || directEnd < NOWHERE)) {
      fetch(memory);
    }
    return direct == null ? ranges.peek() : null;
  }

  private void judge() {
    judgement = position + reads.rangeBytes();
    if (ranges.size() > pace.requests()) {
      pace.restart(); // they are more than what is to be judged
      return;
    }
    pace.judge();
    if (direct != null && pace.requests() > 1 && directEnd == NOWHERE && judgement < needed) {
      directEnd = judgement;
      rangesEnd = judgement;
    }
  }

  /**
   * @param memory of a range, if there is some to use again
   */
  private void fetch(byte @Nullable [] memory) {
    byte[] free = memory;
    while (rangesEnd < needed && ranges.size() < pace.requests()) {
      int length = (int) Math.min(reads.rangeBytes(), needed - rangesEnd);
      byte[] bytes = free != null ? free : new byte[length];
      free = null;
      ranges.add(new FetchedRange(object, rangesEnd, length, bytes));
      rangesEnd += length;
    }
  }

  private synchronized PinnedInputStream direct() throws IOException {
    requireOpen();
    if (direct == null) {
      direct = new PinnedInputStream(object, size, position, needed);
    }
    return direct;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
  }
}
