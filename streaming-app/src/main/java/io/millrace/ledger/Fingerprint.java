package io.millrace.ledger;

import io.millrace.notification.Notification;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * 128 bits of SHA-256 that stand for a name: among ten million of them, two are equal by chance
 * once in 10^24 ledgers. Ordered as an unsigned number.
 */
record Fingerprint(long high, long low) implements Comparable<Fingerprint> {

  /** The bits that a version's fingerprint has from its key's, so that the two lie together. */
  private static final long SHARED_WITH_KEY = 0xffffffff_00000000L;

  static Fingerprint ofKey(String bucket, String key) {
    return of("key", bucket, key);
  }

  static Fingerprint ofKey(Notification object) {
    return ofKey(object.bucket(), object.key());
  }

  /**
   * What tells an object's version from others of the same key: of the versionId where there is
   * one, or else of the ETag. Only ever compared within one key, for which 64 bits are plenty.
   */
  static long identity(Notification object) {
    return object.versionId() != null
        ? of("version", object.versionId()).high
        : of("etag", object.etag()).high;
  }

  /**
   * Of one version of a key. It begins with the key's first 32 bits.
   *
   * @param sequencer as it was spelled; null where a version is known without
   */
  static Fingerprint ofVersion(Fingerprint key, long identity, @Nullable String sequencer) {
    return ofVersion(key, identity, sequencer == null ? "unordered" : "ordered", sequencer);
  }

  /** Of what events told of, whatever their sequencers: by a versionId, or all with one ETag. */
  static Fingerprint ofAnnounced(Fingerprint key, long identity) {
    return ofVersion(key, identity, "announced", null);
  }

  /** Of a version that was superseded because nothing told its rank. */
  static Fingerprint ofUnranked(Fingerprint key, long identity) {
    return ofVersion(key, identity, "unranked", null);
  }

  static int compare(long leftHigh, long leftLow, long rightHigh, long rightLow) {
    int order = Long.compareUnsigned(leftHigh, rightHigh);
    return order != 0 ? order : Long.compareUnsigned(leftLow, rightLow);
  }

  @Override
  public int compareTo(Fingerprint other) {
    return compare(high, low, other.high, other.low);
  }

  private static Fingerprint ofVersion(
      Fingerprint key, long identity, String kind, @Nullable String sequencer) {
    MessageDigest digest = sha256();
    digest.update(
        ByteBuffer.allocate(24).putLong(key.high).putLong(key.low).putLong(identity).array());
    update(digest, kind);
    update(digest, sequencer);
    Fingerprint hash = first128(digest);
    return new Fingerprint((key.high & SHARED_WITH_KEY) | (hash.high >>> 32), hash.low);
  }

  /** Of several parts, each with its length, so that no two lists of parts run into each other. */
  static Fingerprint of(@Nullable String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      update(digest, part);
    }
    return first128(digest);
  }

  private static void update(MessageDigest digest, @Nullable String part) {
    byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).array());
    digest.update(bytes);
  }

  private static Fingerprint first128(MessageDigest digest) {
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
