package io.millrace.demo.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** 128 bits that stand for an identity or a content; MD5, because nobody attacks a demo. */
record Fingerprint(long high, long low) {
  private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(Fingerprint::md5);

  static Fingerprint of(byte[] bytes, int length) {
    MessageDigest digest = MD5.get();
    digest.update(bytes, 0, length);
    ByteBuffer sum = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(sum.getLong(), sum.getLong());
  }

  static Fingerprint of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  /** Of a record, by the id that it carries. */
  static Fingerprint ofRecord(String id) {
    return of(("record " + id).getBytes(StandardCharsets.UTF_8));
  }

  /** Of a malformed line, by its place. */
  static Fingerprint ofLine(String key, long offset) {
    return of(("line " + offset + " of " + key).getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
