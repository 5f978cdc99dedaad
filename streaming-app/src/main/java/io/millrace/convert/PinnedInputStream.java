package io.millrace.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of a pinned object from an offset on; a connection that breaks is opened again at the
 * byte that was reached, with the same pin.
 *
 * <p>For one thread; another one may close it.
 */
final class PinnedInputStream extends InputStream {
  /** Breaks in a row, without a byte between them, before the object counts as unreadable. */
  static final int MAX_BREAKS = 5;

  /** What is asked for at once behind the bytes that are surely needed. */
  static final long MORE_BYTES = 1 << 20;

  /** After the second break in a row; twice as long after each further one. */
  private static final long FIRST_PAUSE_MILLIS = 200;

  private final PinnedObject object;
  private final long size;
  private final long needed;
  private long position;
  private long requestEnd;
  private volatile @Nullable ResponseInputStream<GetObjectResponse> stream;
  private volatile boolean closed;

  /** Carries an object's trouble through a stream's methods. */
  static final class TroubleInStream extends IOException {
    TroubleInStream(ObjectTroubleException trouble) {
      super(trouble);
    }

    ObjectTroubleException trouble() {
      return (ObjectTroubleException) getCause();
    }
  }

  /**
   * @param size of the object
   * @param offset where to begin
   * @param needed behind the last byte that is surely read: up to there it is one request
   */
  PinnedInputStream(PinnedObject object, long size, long offset, long needed) {
    this.object = object;
    this.size = size;
    this.position = offset;
    this.needed = Math.min(size, needed);
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
    if (position >= size) {
      return -1;
    }
    IOException last = null;
    for (int breaks = 0; breaks < MAX_BREAKS && !closed; breaks++) {
      pause(breaks);
      try {
        ResponseInputStream<GetObjectResponse> in = open();
        int count = in.read(target, offset, (int) Math.min(length, requestEnd - position));
        if (count > 0) {
          position += count;
          endRequest(in);
          return count;
        }
        last = new IOException("the body ended at byte %d of %d".formatted(position, size));
      } catch (ObjectTroubleException e) {
        throw new TroubleInStream(e);
      } catch (EnvironmentException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
      abort();
    }
    if (closed) {
      throw new IOException("the stream is closed");
    }
    throw new TroubleInStream(
        object.trouble(
            QuarantineReason.UNREADABLE,
            "its body breaks off at byte %d of %d, %d times".formatted(position, size, MAX_BREAKS),
            last));
  }

  /** Does not read the rest, as a plain close would. */
  @Override
  public void close() {
    closed = true;
    abort();
  }

  private ResponseInputStream<GetObjectResponse> open()
      throws ObjectTroubleException, EnvironmentException {
    ResponseInputStream<GetObjectResponse> in = stream;
    if (in == null) {
      requestEnd = position < needed ? needed : Math.min(size, position + MORE_BYTES);
      in = object.range(position, requestEnd);
      stream = in;
      if (closed) {
        abort();
      }
    }
    return in;
  }

  /** Reads the end of the body, which lets the connection be used again. */
  private void endRequest(ResponseInputStream<GetObjectResponse> in) throws IOException {
    if (position == requestEnd) {
      stream = null;
      try (in) {
        if (in.read() >= 0) {
          in.abort();
        }
      } catch (IOException e) {
        in.abort(); // nothing is missing
      }
    }
  }

  private static void pause(int breaks) throws IOException {
    if (breaks < 2) {
      return;
    }
    long most = FIRST_PAUSE_MILLIS << (breaks - 2);
    try {
      Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to read on");
    }
  }

  private void abort() {
    ResponseInputStream<GetObjectResponse> in = stream;
    if (in != null) {
      stream = null;
      in.abort();
    }
  }
}
