package io.millrace.ndjson;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Yields the records of one split of an object: those whose line begins in [start, end).
 *
 * <p>Lines end with {@code \n}, {@code \r\n} or {@code \r}, or with the object. A line of nothing
 * but spaces and tabs is not a record. A byte order mark at the object's start belongs to the first
 * line but not to its record. Bytes are passed on as they are, valid UTF-8 or not.
 *
 * <p>Reads past {@code end} only as far as the last record needs, but for read-ahead of one buffer.
 * Not thread-safe; the caller closes the stream.
 */
public final class RecordSplitter {
  /** The default limit of a record's length. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * One record.
   *
   * @param offset where its line begins in the object, in bytes
   * @param bytes without line terminator; not shared, so that the caller may keep them
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Line(long offset, byte[] bytes) {}

  private final InputStream in;
  private final long start;
  private final long end;
  private final int maxRecordBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int limit;
  private long position;
  private boolean aligned;
  private long firstLine;
  private byte[] line = new byte[1024];

  /**
   * @param in the object's bytes from {@link #firstByte firstByte(start)} on, at least to the end
   *     of the last record
   */
  public RecordSplitter(InputStream in, long start, long end, int maxRecordBytes) {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a split: [" + start + ", " + end + ")");
    }
    if (maxRecordBytes < 1) {
      throw new IllegalArgumentException("maxRecordBytes must be positive: " + maxRecordBytes);
    }
    this.in = in;
    this.start = start;
    this.end = end;
    this.maxRecordBytes = maxRecordBytes;
    this.position = firstByte(start);
  }

  /** The byte to read from: the one before the split tells whether a line begins at its start. */
  public static long firstByte(long start) {
    return Math.max(0, start - 1);
  }

  /**
   * Reads the next record.
   *
   * @return null after the last one
   * @throws RecordTooLargeException when it is longer than the limit
   */
  public @Nullable Line next() throws IOException {
    if (!aligned) {
      aligned = true;
      if (start > 0) {
        skipLine();
      }
      firstLine = position;
    }
    // The \n of \r\n looks like an empty line, which is no record: no need to know the pair.
    while (position < end && fill()) {
      long offset = position;
      int length = readLine(offset);
      int from = offset == 0 && startsWithMark(length) ? BYTE_ORDER_MARK.length : 0;
      if (length - from > maxRecordBytes) {
        throw new RecordTooLargeException(offset, maxRecordBytes);
      }
      if (!isBlank(from, length)) {
        return new Line(offset, Arrays.copyOfRange(line, from, length));
      }
    }
    return null;
  }

  /** How many bytes of the split have been read so far, in lines of any kind. */
  public long bytes() {
    return aligned ? position - firstLine : 0;
  }

  private void skipLine() throws IOException {
    while (position < end && fill()) {
      position++;
      if (isTerminator(buffer[next++])) {
        return;
      }
    }
  }

  private int readLine(long offset) throws IOException {
    int length = 0;
    while (fill()) {
      int stop = next;
      while (stop < limit && !isTerminator(buffer[stop])) {
        stop++;
      }
      int count = stop - next;
      if ((long) length + count > (long) maxRecordBytes + BYTE_ORDER_MARK.length) {
        throw new RecordTooLargeException(offset, maxRecordBytes);
      }
      if (length + count > line.length) {
        line = Arrays.copyOf(line, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * (length + count)));
      }
      System.arraycopy(buffer, next, line, length, count);
      length += count;
      position += count;
      next = stop;
      if (next < limit) {
        next++;
        position++;
        break;
      }
    }
    return length;
  }

  private boolean fill() throws IOException {
    if (next == limit) {
      next = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return next < limit;
  }

  private boolean startsWithMark(int length) {
    int size = BYTE_ORDER_MARK.length;
    return length >= size && Arrays.equals(line, 0, size, BYTE_ORDER_MARK, 0, size);
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean isTerminator(byte b) {
    return b == '\n' || b == '\r';
  }
}
