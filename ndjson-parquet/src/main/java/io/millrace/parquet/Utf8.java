package io.millrace.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/** Cuts UTF-8 without cutting characters. */
final class Utf8 {
  private Utf8() {}

  /** The last boundary between characters at or before {@code end}. */
  static int boundary(byte[] text, int end) {
    int boundary = end;
    while (boundary > 0 && boundary < text.length && isContinuation(text[boundary])) {
      boundary--;
    }
    if (boundary == text.length && boundary > 0) {
      // The text itself may have been cut within its last character.
      int start = startOfLast(text, boundary);
      return start + lengthOf(text[start]) > boundary ? start : boundary;
    }
    return boundary;
  }

  /**
   * A short text that is greater, by bytes, than all that begin with the first {@code end} bytes:
   * its last character is followed by the next one.
   */
  static Optional<byte[]> successor(byte[] text, int end) {
    int boundary = boundary(text, end);
    while (boundary > 0) {
      int start = startOfLast(text, boundary);
      int character = new String(text, start, boundary - start, UTF_8).codePointAt(0);
      if (character < Character.MAX_CODE_POINT) {
        int next =
            character + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : character + 1;
        byte[] encoded = Character.toString(next).getBytes(UTF_8);
        byte[] successor = Arrays.copyOf(text, start + encoded.length);
        System.arraycopy(encoded, 0, successor, start, encoded.length);
        if (Arrays.compareUnsigned(successor, 0, successor.length, text, 0, boundary) > 0) {
          return Optional.of(successor);
        }
        // It was no UTF-8.
      }
      boundary = start;
    }
    return Optional.empty();
  }

  private static int startOfLast(byte[] text, int end) {
    int start = end - 1;
    while (start > 0 && isContinuation(text[start])) {
      start--;
    }
    return start;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  private static int lengthOf(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return Math.max(1, ones);
  }
}
