package io.millrace.convert;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of a pinned object from an offset on; a connection that breaks is opened again at the
 * byte that was reached, with the same pin.
 */
final class PinnedInputStream extends InputStream {
  /** Breaks in a row, without a byte between them, before the object counts as unreadable. */
  static final int MAX_BREAKS = 5;

  private final PinnedObject object;
  private final long size;
  private long position;
  private @Nullable ResponseInputStream<GetObjectResponse> stream;

  /** Carries an object's trouble through a stream's methods. */
  static final class TroubleInStream extends IOException {
    TroubleInStream(ObjectTroubleException trouble) {
      super(trouble);
    }

    ObjectTroubleException trouble() {
      return (ObjectTroubleException) getCause();
    }
  }

  PinnedInputStream(PinnedObject object, long size, long offset) {
    this.object = object;
    this.size = size;
    this.position = offset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position >= size) {
      return -1;
    }
    IOException last = null;
    for (int i = 0; i < MAX_BREAKS; i++) {
      try {
        if (stream == null) {
          stream = object.from(position);
        }
        int count = stream.read(target, offset, (int) Math.min(length, size - position));
        if (count > 0) {
          position += count;
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
    throw new TroubleInStream(
        object.trouble(
            QuarantineReason.UNREADABLE,
            "its body breaks off at byte %d of %d, %d times".formatted(position, size, MAX_BREAKS),
            last));
  }

  /** Does not read the rest, as a plain close would. */
  @Override
  public void close() {
    abort();
  }

  private void abort() {
    if (stream != null) {
      stream.abort();
      stream = null;
    }
  }
}
