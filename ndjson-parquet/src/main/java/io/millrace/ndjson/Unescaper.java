package io.millrace.ndjson;

import io.millrace.vector.ByteArena;

/** Writes texts without their escapes behind the end of the arena. */
final class Unescaper {
  private static final int SHORT_ESCAPE_BYTES = 2;
  private static final int LONG_ESCAPE_BYTES = 6;

  private final ByteArena arena;
  private int offset;
  private int length;

  Unescaper(ByteArena arena) {
    this.arena = arena;
  }

  /** Where the last text begins in the arena. */
  int offset() {
    return offset;
  }

  /** How many bytes the last text has. */
  int length() {
    return length;
  }

  /**
   * Makes the text of a string.
   *
   * @param from behind the opening quote
   * @param firstBackslash what has been scanned already
   * @return the position of the closing quote, or {@link Strings#INVALID}
   */
  int unescape(byte[] bytes, int from, int firstBackslash) {
    int start = arena.end();
    int written = 0;
    int copied = from;
    int backslash = firstBackslash;
    while (true) {
      int plain = backslash - copied;
      byte[] out = arena.reserve(written + plain + Integer.BYTES);
      System.arraycopy(bytes, copied, out, start + written, plain);
      written += plain;
      int character = character(bytes, backslash);
      if (character < 0) {
        return Strings.INVALID;
      }
      written += encode(character, out, start + written);
      copied = backslash + escapeBytes(bytes, backslash, character);
      int end = Strings.end(bytes, copied);
      if (end >= 0) {
        plain = end - copied;
        System.arraycopy(bytes, copied, arena.reserve(written + plain), start + written, plain);
        offset = arena.commit(written + plain);
        length = written + plain;
        return end;
      }
      if (end == Strings.INVALID) {
        return end;
      }
      backslash = ~end;
    }
  }

  /** The end of a string whose text is of no interest. */
  static int skip(byte[] bytes, int firstBackslash) {
    int backslash = firstBackslash;
    while (true) {
      int character = character(bytes, backslash);
      if (character < 0) {
        return Strings.INVALID;
      }
      int end = Strings.end(bytes, backslash + escapeBytes(bytes, backslash, character));
      if (end >= 0 || end == Strings.INVALID) {
        return end;
      }
      backslash = ~end;
    }
  }

  /** The character that an escape stands for; negative for none, or for half a pair. */
  private static int character(byte[] bytes, int backslash) {
    switch (bytes[backslash + 1]) {
      case '"', '\\', '/' -> {
        return bytes[backslash + 1];
      }
      case 'n' -> {
        return '\n';
      }
      case 't' -> {
        return '\t';
      }
      case 'r' -> {
        return '\r';
      }
      case 'b' -> {
        return '\b';
      }
      case 'f' -> {
        return '\f';
      }
      case 'u' -> {
        return escapedCharacter(bytes, backslash);
      }
      default -> {
        return -1;
      }
    }
  }

  private static int escapedCharacter(byte[] bytes, int backslash) {
    int unit = unit(bytes, backslash + 2);
    if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
      return unit;
    }
    int second = backslash + LONG_ESCAPE_BYTES;
    if (unit > Character.MAX_HIGH_SURROGATE || bytes[second] != '\\' || bytes[second + 1] != 'u') {
      return -1;
    }
    int low = unit(bytes, second + 2);
    if (low < Character.MIN_LOW_SURROGATE || low > Character.MAX_LOW_SURROGATE) {
      return -1;
    }
    return Character.toCodePoint((char) unit, (char) low);
  }

  /** What four hexadecimal digits say; negative when they are none. */
  private static int unit(byte[] bytes, int from) {
    return (HexDigits.value(bytes[from]) << 12)
        | (HexDigits.value(bytes[from + 1]) << 8)
        | (HexDigits.value(bytes[from + 2]) << 4)
        | HexDigits.value(bytes[from + 3]);
  }

  private static int escapeBytes(byte[] bytes, int backslash, int character) {
    if (bytes[backslash + 1] != 'u') {
      return SHORT_ESCAPE_BYTES;
    }
    return character < Character.MIN_SUPPLEMENTARY_CODE_POINT
        ? LONG_ESCAPE_BYTES
        : 2 * LONG_ESCAPE_BYTES;
  }

  /** Writes a character as UTF-8, in at most four bytes; returns in how many. */
  private static int encode(int character, byte[] out, int at) {
    if (character < 0x80) {
      out[at] = (byte) character;
      return 1;
    }
    if (character < 0x800) {
      out[at] = (byte) (0xC0 | (character >> 6));
      out[at + 1] = (byte) (0x80 | (character & 0x3F));
      return 2;
    }
    if (character < 0x10000) {
      out[at] = (byte) (0xE0 | (character >> 12));
      out[at + 1] = (byte) (0x80 | ((character >> 6) & 0x3F));
      out[at + 2] = (byte) (0x80 | (character & 0x3F));
      return 3;
    }
    out[at] = (byte) (0xF0 | (character >> 18));
    out[at + 1] = (byte) (0x80 | ((character >> 12) & 0x3F));
    out[at + 2] = (byte) (0x80 | ((character >> 6) & 0x3F));
    out[at + 3] = (byte) (0x80 | (character & 0x3F));
    return 4;
  }
}
