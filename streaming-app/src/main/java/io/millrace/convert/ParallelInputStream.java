package io.millrace.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a pinned object from an offset on, of which several ranges are fetched at once into
 * memory. Each of them survives what {@link PinnedInputStream} survives.
 *
 * <p>For one thread; another one may close it.
 */
final class ParallelInputStream extends InputStream {
  /** Those of all tasks of this JVM: each has at most {@link ParallelReads#requests} of them. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          runnable -> {
            Thread thread = new Thread(runnable, "ranged-read");
            thread.setDaemon(true);
            return thread;
          });

  private final PinnedObject object;
  private final long size;
  private final long needed;
  private final ParallelReads reads;

  /** What is fetched or was fetched, in the object's order. */
  private final ArrayDeque<Range> ranges = new ArrayDeque<>();

  /** Where the next range begins. */
  private long end;

  /** Of the first range. */
  private int taken;

  /** Reads on behind what is surely needed. */
  private @Nullable PinnedInputStream rest;

  private boolean closed;

  /**
   * @param size of the object
   * @param offset where to begin
   * @param needed behind the last byte that is surely read
   */
  ParallelInputStream(
      PinnedObject object, long size, long offset, long needed, ParallelReads reads) {
    this.object = object;
    this.size = size;
    this.end = offset;
    this.needed = Math.min(size, needed);
    this.reads = reads;
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
    Range first = first();
    if (first == null) {
      return rest().read(target, offset, length);
    }
    first.await();
    int count = Math.min(length, first.length - taken);
    System.arraycopy(first.bytes, taken, target, offset, count);
    taken += count;
    return count;
  }

  /** The range that has the next byte, with as many behind it as may be; null behind the last. */
  private synchronized @Nullable Range first() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    byte[] free = null;
    Range first = ranges.peek();
    if (first != null && taken == first.length) {
      free = ranges.remove().bytes;
      taken = 0;
    }
    while (end < needed && ranges.size() < reads.requests()) {
      int length = (int) Math.min(reads.rangeBytes(), needed - end);
      byte[] bytes = free != null ? free : new byte[length];
      free = null;
      ranges.add(new Range(bytes, end, length));
      end += length;
    }
    return ranges.peek();
  }

  private synchronized PinnedInputStream rest() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (rest == null) {
      rest = new PinnedInputStream(object, size, end, end);
    }
    return rest;
  }

  /** Breaks requests off that are under way. */
  @Override
  public synchronized void close() {
    closed = true;
    ranges.forEach(Range::cancel);
    ranges.clear();
    if (rest != null) {
      rest.close();
    }
  }

  /** Some bytes of the object, on their way. */
  private final class Range {
    private final byte[] bytes;
    private final int length;
    private final PinnedInputStream in;
    private final Future<?> fetch;

    /**
     * @param bytes long enough
     */
    Range(byte[] bytes, long from, int length) {
      this.bytes = bytes;
      this.length = length;
      this.in = new PinnedInputStream(object, from + length, from, from + length);
      this.fetch = THREADS.submit(this::fetch);
    }

    private @Nullable Void fetch() throws IOException {
      try (in) {
        if (in.readNBytes(bytes, 0, length) < length) {
          throw new IOException("the range is shorter than asked for");
        }
      }
      return null;
    }

    void await() throws IOException {
      try {
        fetch.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        if (e.getCause() instanceof RuntimeException exception) {
          throw exception;
        }
        throw (IOException) e.getCause();
      } catch (CancellationException e) {
        throw new IOException("the stream is closed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for a range");
      }
    }

    void cancel() {
      in.close();
      fetch.cancel(true);
    }
  }
}
