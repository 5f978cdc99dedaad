package io.millrace.benchmarks.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** JSON text under construction, in a buffer that grows. */
final class JsonText {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes = new byte[1 << 16];
  private int end;

  int length() {
    return end;
  }

  void clear() {
    end = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, end);
  }

  /** Appends ASCII as it is. */
  JsonText text(String ascii) {
    int length = ascii.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[end + i] = (byte) ascii.charAt(i);
    }
    end += length;
    return this;
  }

  /** Appends bytes as they are. */
  JsonText text(byte[] part) {
    ensure(part.length);
    System.arraycopy(part, 0, bytes, end, part.length);
    end += part.length;
    return this;
  }

  JsonText number(long value) {
    ensure(LONGEST_NUMBER);
    if (value < 0) {
      bytes[end++] = '-';
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long power = rest; power >= 10; power /= 10) {
      digits++;
    }
    padded(rest, digits);
    return this;
  }

  /** Appends {@code value / 10^decimals} with all its decimals. */
  JsonText fixed(long value, int decimals) {
    long power = 1;
    for (int i = 0; i < decimals; i++) {
      power *= 10;
    }
    if (value < 0) {
      text("-");
    }
    number(Math.abs(value) / power).text(".");
    ensure(LONGEST_NUMBER);
    padded(Math.abs(value) % power, decimals);
    return this;
  }

  /** Appends the last {@code digits} digits, with leading zeros. */
  JsonText digits(long value, int digits) {
    ensure(LONGEST_NUMBER);
    padded(value, digits);
    return this;
  }

  /** Appends so many random hexadecimal digits, at most 16. */
  JsonText hex(SplittableRandom random, int digits) {
    ensure(digits);
    long bits = random.nextLong();
    for (int i = 0; i < digits; i++) {
      bytes[end++] = HEX[(int) (bits & 15)];
      bits >>>= 4;
    }
    return this;
  }

  JsonText bool(boolean value) {
    return text(value ? "true" : "false");
  }

  /** Drops the last byte, a comma too many. */
  JsonText back() {
    end--;
    return this;
  }

  private void padded(long value, int digits) {
    long rest = value;
    for (int i = end + digits - 1; i >= end; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
  }

  private void ensure(int count) {
    if (end + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (end + count));
    }
  }
}
