package io.millrace.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * 128 bits of SHA-256 that stand for a name: among ten million of them, two are equal by chance
 * once in 10^24 ledgers.
 */
record Fingerprint(long high, long low) {

  /** Of several parts, each with its length, so that no two lists of parts run into each other. */
  static Fingerprint of(@Nullable String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).array());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
