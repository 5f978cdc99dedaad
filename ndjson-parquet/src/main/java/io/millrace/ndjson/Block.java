package io.millrace.ndjson;

import io.millrace.vector.ByteArena;

/**
 * A run of an object's bytes in an array that has room before and behind it.
 *
 * <p>Whoever holds the block may overwrite the room: the end of the block before is put in front of
 * it, so that a record that straddles the two is whole; texts that lose their escapes go behind it.
 */
public final class Block {
  private final byte[] bytes;
  private final int from;
  private int to;

  /**
   * An empty block.
   *
   * @param bytes the array, of which {@link ByteArena#PADDING} bytes must be left behind the
   *     content
   * @param from where the content begins; what lies before is the room in front
   */
  public Block(byte[] bytes, int from) {
    if (from < 0 || from > bytes.length - ByteArena.PADDING) {
      throw new IllegalArgumentException(
          "no room for a block from %d on in %d bytes".formatted(from, bytes.length));
    }
    this.bytes = bytes;
    this.from = from;
    this.to = from;
  }

  /** The array, with the content in [{@link #from}, {@link #to}). */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the content begins. */
  public int from() {
    return from;
  }

  /** Behind the content's last byte. */
  public int to() {
    return to;
  }

  /** Sets the end of the content, as whoever fills the block does. */
  public void to(int end) {
    if (end < from || end > bytes.length - ByteArena.PADDING) {
      throw new IllegalArgumentException(
          "a block from %d on can't end at %d in %d bytes".formatted(from, end, bytes.length));
    }
    this.to = end;
  }
}
