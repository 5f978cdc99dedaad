package io.millrace.input;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** How an object is compressed, which its first bytes tell: its name does not count. */
@SuppressWarnings("ImmutableEnumChecker") // The arrays are not handed out.
public enum Compression {
  NONE,
  GZIP(bytes(0x1f, 0x8b)),
  ZSTD(bytes(0x28, 0xb5, 0x2f, 0xfd)),
  BZIP2(bytes('B', 'Z', 'h')),
  LZ4(bytes(0x04, 0x22, 0x4d, 0x18)),
  SNAPPY(bytes(0xff, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P', 'p', 'Y'));

  /** How many bytes {@link #of} wants to see. */
  public static final int MAGIC_BYTES = 10;

  /** What follows BZh and a digit: a block, or the end of an empty stream. */
  private static final byte[][] BZIP2_BLOCKS = {
    bytes(0x31, 0x41, 0x59, 0x26, 0x53, 0x59), bytes(0x17, 0x72, 0x45, 0x38, 0x50, 0x90)
  };

  private static final int BZIP2_LEVEL = 3;

  private final byte[] magic;

  Compression(byte... magic) {
    this.magic = magic;
  }

  /**
   * What an object that begins like this is compressed with.
   *
   * <p>One that breaks off within the mark of a format counts as of that format, and so as
   * truncated, if it could not be text as well.
   *
   * @param begin its first {@link #MAGIC_BYTES} bytes; fewer only if it has no more
   */
  public static Compression of(byte[] begin) {
    for (Compression compression : values()) {
      if (compression != NONE && compression.begins(begin)) {
        return compression;
      }
    }
    return NONE;
  }

  /** What an object is compressed with, or {@link #NONE}. */
  public static Compression of(Input input) throws IOException {
    try (StoredBytes stored = new StoredBytes(input.open(0), input.name(), 0, input.size())) {
      return of(stored.peek(MAGIC_BYTES));
    }
  }

  /** Its name in messages. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean begins(byte[] begin) {
    int length = Math.min(begin.length, magic.length);
    if (length == 0 || !Arrays.equals(begin, 0, length, magic, 0, length)) {
      return false;
    }
    if (length < magic.length) {
      return !isText(begin);
    }
    return this != BZIP2 || beginsBzip2Block(begin);
  }

  private static boolean beginsBzip2Block(byte[] begin) {
    if (begin.length <= BZIP2_LEVEL || begin[BZIP2_LEVEL] < '1' || begin[BZIP2_LEVEL] > '9') {
      return false;
    }
    int from = BZIP2_LEVEL + 1;
    int length = begin.length - from;
    return Arrays.stream(BZIP2_BLOCKS)
        .anyMatch(block -> Arrays.equals(begin, from, begin.length, block, 0, length));
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
