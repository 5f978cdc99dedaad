package io.millrace.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) of any number of members, each checked by length and checksum.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it takes nothing else for the end: what follows a
 * member is another one, or an error.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;
  private static final int REST_OF_HEADER_BYTES = 6;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int limit;
  private boolean inMember;
  private boolean ended;

  GzipStream(InputStream in) {
    this.in = in;
  }

  /** How many bytes have been taken from the stream, but not been looked at. */
  int unread() {
    return inMember ? inflater.getRemaining() : limit - next;
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
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int count = inflate(bytes, from, length);
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] bytes, int from, int length) throws IOException {
    try {
      int count = inflater.inflate(bytes, from, length);
      crc.update(bytes, from, count);
      if (inflater.finished()) {
        endMember();
      } else if (count == 0) {
        if (inflater.needsDictionary()) {
          throw new IOException("a preset dictionary is asked for");
        }
        next = limit;
        if (!fill()) {
          throw new EOFException("it breaks off");
        }
        inflater.setInput(buffer, 0, limit);
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Reads a header; false at the end. */
  private boolean beginMember() throws IOException {
    if (next == limit && !fill()) {
      return false;
    }
    if (readShort() != MAGIC) {
      throw new IOException("what follows is not gzip");
    }
    int method = readByte();
    int flags = readByte();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new IOException("the header is of an unknown kind");
    }
    skip(REST_OF_HEADER_BYTES);
    if ((flags & EXTRA) != 0) {
      skip(readShort());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(Short.BYTES);
    }
    inflater.reset();
    crc.reset();
    inflater.setInput(buffer, next, limit - next);
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    next = limit - inflater.getRemaining();
    inMember = false;
    if (readInt() != (int) crc.getValue()) {
      throw new IOException("the checksum differs");
    }
    if (readInt() != (int) inflater.getBytesWritten()) {
      throw new IOException("the length differs");
    }
  }

  private int readInt() throws IOException {
    int low = readShort();
    return low | readShort() << Short.SIZE;
  }

  private int readShort() throws IOException {
    int low = readByte();
    return low | readByte() << Byte.SIZE;
  }

  private int readByte() throws IOException {
    if (next == limit && !fill()) {
      throw new EOFException("it breaks off");
    }
    return buffer[next++] & 0xff;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      readByte();
    }
  }

  private void skipText() throws IOException {
    while (readByte() != 0) {
      // Names and comments are of no use here.
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
