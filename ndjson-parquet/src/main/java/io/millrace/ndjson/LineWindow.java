package io.millrace.ndjson;

import io.millrace.vector.ByteArena;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Shows an object's bytes as whole lines, over the blocks that they come in.
 *
 * <p>The lines lie in [{@link #next}, {@link #limit}) of {@link #bytes}, each with its terminator;
 * one is put behind the object's last line if it has none. What follows up to {@link #to} is the
 * beginning of the line that goes on in the next block.
 */
final class LineWindow {
  /** A byte order mark in front of the first line does not count as the record's. */
  private static final int MARK_BYTES = 3;

  private final BlockSource source;
  private final int maxRecordBytes;

  byte[] bytes = new byte[ByteArena.PADDING];
  int next;
  int limit;
  int to;

  /** The object's offset of the array's first byte; negative while the array begins before it. */
  private long base;

  /** Behind the object's last byte, once that is known. */
  private long objectEnd = Long.MAX_VALUE;

  /**
   * What holds the bytes; null while they are in an array of our own, for a line of many blocks.
   */
  private @Nullable Block block;

  /**
   * @param firstByte the object's offset of the source's first byte
   */
  LineWindow(BlockSource source, long firstByte, int maxRecordBytes) {
    this.source = source;
    this.base = firstByte;
    this.maxRecordBytes = maxRecordBytes;
  }

  /** The object's offset of a byte of the array. */
  long offset(int index) {
    return base + index;
  }

  /** The object's offset of the next line, or where the object ends. */
  long position() {
    return Math.min(offset(next), objectEnd);
  }

  /**
   * Moves to behind the first terminator, over at most the bytes before the offset {@code end}. To
   * be called before any line is taken, if at all.
   */
  void skipLine(long end) throws IOException {
    while (true) {
      Block read = source.next();
      if (read == null) {
        return;
      }
      hold(read, read.from());
      int stop = LineEnds.first(bytes, next, to);
      if (stop < to || offset(to) >= end) {
        next = Math.min(stop + 1, to);
        limit = LineEnds.behindLast(bytes, next, to);
        return;
      }
      base = offset(to);
      next = 0;
      to = 0;
      release();
    }
  }

  /**
   * Reads on until a whole line is there, which all that were there have been taken.
   *
   * @return false when no byte is left
   * @throws RecordTooLargeException when the line is longer than the limit
   */
  boolean advance() throws IOException {
    while (true) {
      Block read = source.next();
      if (read == null) {
        return finish();
      }
      int unfinished = to - next;
      int scanned;
      if (unfinished <= read.from()) {
        int start = read.from() - unfinished;
        System.arraycopy(bytes, next, read.bytes(), start, unfinished);
        scanned = read.from();
        hold(read, start);
      } else {
        scanned = append(read);
      }
      limit = LineEnds.behindLast(bytes, scanned, to);
      if (limit > scanned) {
        return true;
      }
      limit = next;
      if (to - next > maxRecordBytes + MARK_BYTES) {
        throw new RecordTooLargeException(offset(next), maxRecordBytes);
      }
    }
  }

  /** Makes the block the window, with its bytes from {@code start} on still to be taken. */
  private void hold(Block read, int start) {
    base = offset(next) - start;
    release();
    block = read;
    bytes = read.bytes();
    next = start;
    limit = start;
    to = read.to();
  }

  /** Puts the block's bytes behind the unfinished line's; returns where they begin. */
  private int append(Block read) {
    int unfinished = to - next;
    int count = read.to() - read.from();
    if (block != null || to + count > bytes.length - ByteArena.PADDING) {
      byte[] larger = new byte[2 * unfinished + 2 * count + ByteArena.PADDING];
      System.arraycopy(bytes, next, larger, 0, unfinished);
      base = offset(next);
      release();
      bytes = larger;
      next = 0;
      to = unfinished;
    }
    int start = to;
    System.arraycopy(read.bytes(), read.from(), bytes, start, count);
    to = start + count;
    source.release(read);
    return start;
  }

  private boolean finish() {
    objectEnd = Math.min(objectEnd, offset(to));
    if (next == to) {
      return false;
    }
    if (!LineEnds.isTerminator(bytes[to - 1])) {
      bytes[to] = '\n';
      to++;
    }
    limit = to;
    return true;
  }

  private void release() {
    if (block != null) {
      source.release(block);
      block = null;
    }
  }
}
