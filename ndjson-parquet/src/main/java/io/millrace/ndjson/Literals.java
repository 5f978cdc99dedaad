package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Recognises the words of JSON. */
final class Literals {
  private static final int NULL = word("null");
  private static final int TRUE = word("true");
  private static final int FALSE_WITHOUT_F = word("alse");

  private Literals() {}

  static boolean isNull(byte[] bytes, int position) {
    return Words.four(bytes, position) == NULL;
  }

  static boolean isTrue(byte[] bytes, int position) {
    return Words.four(bytes, position) == TRUE;
  }

  static boolean isFalse(byte[] bytes, int position) {
    return bytes[position] == 'f' && Words.four(bytes, position + 1) == FALSE_WITHOUT_F;
  }

  private static int word(String text) {
    return Words.four(text.getBytes(US_ASCII), 0);
  }
}
