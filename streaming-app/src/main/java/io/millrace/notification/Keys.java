package io.millrace.notification;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Object keys as messages write them. */
final class Keys {
  /** S3's limit. */
  static final int MAX_BYTES = 1024;

  private Keys() {}

  /** The key of a form-encoded text, as direct S3 events have it. */
  static String decodeForm(String text) throws MalformedRecordException {
    byte[] encoded = utf8(text);
    var bytes = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        bytes.write(escaped(encoded, i));
        i += 2;
      } else {
        bytes.write(encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    try {
      ByteBuffer decoded = ByteBuffer.wrap(bytes.toByteArray());
      return checked(StandardCharsets.UTF_8.newDecoder().decode(decoded).toString());
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException("the key is not UTF-8 after decoding");
    }
  }

  /** The key itself, once it is one. */
  static String checked(String key) throws MalformedRecordException {
    if (key.isEmpty()) {
      throw new MalformedRecordException("the key is empty");
    }
    int length = utf8(key).length;
    if (length > MAX_BYTES) {
      throw new MalformedRecordException(
          "the key has " + length + " bytes, more than S3's " + MAX_BYTES);
    }
    return key;
  }

  private static int escaped(byte[] encoded, int percent) throws MalformedRecordException {
    if (percent + 2 < encoded.length) {
      int high = Character.digit(encoded[percent + 1], 16);
      int low = Character.digit(encoded[percent + 2], 16);
      if (high >= 0 && low >= 0) {
        return high * 16 + low;
      }
    }
    throw new MalformedRecordException("the key has a % that two hexadecimal digits don't follow");
  }

  private static byte[] utf8(String text) throws MalformedRecordException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException("the key has half of a surrogate pair");
    }
  }

  /**
   * A version as an identity: S3 says {@code null} of an object that was written while its bucket
   * kept no versions, and that one is overwritten in place.
   */
  static @Nullable String version(@Nullable String versionId) {
    return "null".equals(versionId) ? null : versionId;
  }
}
