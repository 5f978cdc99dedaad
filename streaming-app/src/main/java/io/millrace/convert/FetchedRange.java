package io.millrace.convert;

import io.millrace.request.Background;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Some bytes of a pinned object, on their way into memory. */
final class FetchedRange {
  /** Those of all tasks of this JVM: each has at most {@link ParallelReads#requests} of them. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Background.threads("ranged-read"));

  private final byte[] bytes;
  private final int length;
  private final PinnedInputStream in;
  private final Future<?> fetch;
  private int taken;

  /**
   * Begins to fetch.
   *
   * @param bytes for them, as many or more
   */
  FetchedRange(PinnedObject object, long from, int length, byte[] bytes) {
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

  /** All of it as a stream, which breaks the request off when it is closed. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int most) throws IOException {
        return isRead() && most > 0 ? -1 : FetchedRange.this.read(target, offset, most);
      }

      @Override
      public void close() {
        cancel();
      }
    };
  }

  /** Waits for all of the range. */
  int read(byte[] target, int offset, int most) throws IOException {
    Background.await(fetch, "a range");
    int count = Math.min(most, length - taken);
    System.arraycopy(bytes, taken, target, offset, count);
    taken += count;
    return count;
  }

  boolean isUntouched() {
    return taken == 0;
  }

  boolean isRead() {
    return taken == length;
  }

  /** Of a range that is read: its memory, for another one. */
  byte[] memory() {
    return bytes;
  }

  /** Breaks the request off. */
  void cancel() {
    in.close();
    fetch.cancel(true);
  }
}
