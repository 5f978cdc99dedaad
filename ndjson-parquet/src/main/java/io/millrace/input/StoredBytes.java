package io.millrace.input;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An object's stored bytes, counted, of which none may be missing. */
final class StoredBytes extends FilterInputStream {
  private final String name;
  private final long size;
  private byte[] begin = {};
  private int beginTaken;
  private long offset;
  private @Nullable IOException failure;

  /**
   * @param in from the offset on
   */
  StoredBytes(InputStream in, String name, long offset, long size) {
    super(in);
    this.name = name;
    this.offset = offset;
    this.size = size;
  }

  /** The next bytes, which are read again afterwards; fewer than asked for if there are no more. */
  byte[] peek(int count) throws IOException {
    begin = readNBytes(count);
    offset -= begin.length;
    return begin;
  }

  /** How many bytes lie before the next one. */
  long offset() {
    return offset;
  }

  /** How many bytes there are from the next one on. */
  long left() {
    return size - offset;
  }

  /** What made reading fail, which is no damage then. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (beginTaken < begin.length) {
      int count = Math.min(length, begin.length - beginTaken);
      System.arraycopy(begin, beginTaken, bytes, from, count);
      beginTaken += count;
      offset += count;
      return count;
    }
    try {
      // No more than were announced: what has been appended since is another version's.
      long left = size - offset;
      int count = left <= 0 ? -1 : in.read(bytes, from, (int) Math.min(left, length));
      if (count > 0) {
        offset += count;
      } else if (left > 0) {
        throw new EOFException("%s breaks off at byte %d of %d".formatted(name, offset, size));
      }
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(count, 0), 1 << 13)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
