package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The name of a field as it is written, in quotes and with the colon behind. */
final class Key {
  private static final int MARKS = 3;
  private static final int NOWHERE = Integer.MAX_VALUE;

  /** With eight bytes more, which are not part of it. */
  private final byte[] written;

  /** How many bytes are written. */
  final int length;

  /** What reads the values; null for those that are skipped. */
  final @Nullable PlainValue value;

  private final long first;
  private final long firstMask;
  private final long last;

  /** The key that followed last time, or, at first, in the schema. */
  Key next = this;

  Key(String name, @Nullable PlainValue value) {
    this(name.getBytes(UTF_8), value);
  }

  private Key(byte[] name, @Nullable PlainValue value) {
    this.length = name.length + MARKS;
    this.written = new byte[length + Long.BYTES];
    written[0] = '"';
    System.arraycopy(name, 0, written, 1, name.length);
    written[length - 2] = '"';
    written[length - 1] = ':';
    this.value = value;
    this.firstMask = length >= Long.BYTES ? -1L : (1L << (Byte.SIZE * length)) - 1;
    this.first = Words.eight(written, 0) & firstMask;
    this.last = length >= Long.BYTES ? Words.eight(written, length - Long.BYTES) : 0;
  }

  /** A key that is nowhere. */
  private Key() {
    this.length = NOWHERE;
    this.written = new byte[0];
    this.value = null;
    this.firstMask = -1;
    this.first = 0;
    this.last = 0;
  }

  /** A key that is nowhere, and whose value is skipped. */
  static Key nowhere() {
    return new Key();
  }

  /** The key of a field that the schema lacks, as it is written in [{@code from}, {@code to}). */
  static Key skipped(byte[] bytes, int from, int to) {
    return new Key(Arrays.copyOfRange(bytes, from, to), null);
  }

  /** Whether the key is written at a position, with its marks, and nothing between them. */
  boolean isAt(byte[] bytes, int position) {
    return ((Words.eight(bytes, position) ^ first) & firstMask) == 0
        && (length <= Long.BYTES || goesOnAt(bytes, position));
  }

  private boolean goesOnAt(byte[] bytes, int position) {
    if (length == NOWHERE) {
      return false;
    }
    // In order, as the bytes may end behind the first word that differs.
    for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
      if (Words.eight(bytes, position + i) != Words.eight(written, i)) {
        return false;
      }
    }
    return Words.eight(bytes, position + length - Long.BYTES) == last;
  }

  /** Whether the name is what lies in [{@code from}, {@code to}). */
  boolean isNamed(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, written, 1, length - 2);
  }

  /** As {@link KeyTable#hash} has it. */
  int hash() {
    return KeyTable.hash(written, 1, length - 2);
  }
}
