package io.millrace.ndjson;

import java.util.Arrays;

/** What bytes stand for as hexadecimal digits. */
final class HexDigits {
  /** Negative, and stays so however far it is shifted with its sign bits. */
  private static final int NONE = -1;

  private static final int[] VALUES = new int[1 << Byte.SIZE];

  static {
    Arrays.fill(VALUES, NONE);
    for (int i = 0; i < 10; i++) {
      VALUES['0' + i] = i;
    }
    for (int i = 0; i < 6; i++) {
      VALUES['a' + i] = 10 + i;
      VALUES['A' + i] = 10 + i;
    }
  }

  private HexDigits() {}

  /** 0 to 15, or {@link #NONE}. */
  static int value(byte b) {
    return VALUES[b & 0xFF];
  }
}
