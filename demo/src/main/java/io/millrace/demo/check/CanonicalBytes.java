package io.millrace.demo.check;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A record's values in one form, whichever side they come from: each with a mark of its kind, so
 * that no two different records look the same.
 */
final class CanonicalBytes {
  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  void addNull() {
    mark('0');
  }

  void add(boolean value) {
    mark(value ? 't' : 'f');
  }

  void add(long value) {
    mark('l');
    addLong(value);
  }

  void add(double value) {
    mark('d');
    addLong(Double.doubleToLongBits(value));
  }

  void add(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    mark('s');
    addLong(utf8.length);
    append(utf8);
  }

  /**
   * @param value at the scale of its column
   */
  void add(BigDecimal value) {
    add(value.toPlainString());
  }

  void addArray(int size) {
    mark('[');
    addLong(size);
  }

  void addStruct() {
    mark('{');
  }

  Fingerprint fingerprint() {
    return Fingerprint.of(bytes, length);
  }

  private void mark(char kind) {
    ensure(1);
    bytes[length++] = (byte) kind;
  }

  private void addLong(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  private void append(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
