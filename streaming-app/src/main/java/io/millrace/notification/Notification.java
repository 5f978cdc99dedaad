package io.millrace.notification;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object that somebody says exists: one record of an S3 event message, one entry
 * of a manifest, one row of a listing.
 *
 * @param bucket the bucket's name
 * @param key the object's key, decoded; an opaque string that is never parsed, globbed or
 *     normalised
 * @param versionId the version, or null where the bucket is not versioned
 * @param etag the ETag without quotes, or null where only the version is known
 * @param sequencer S3's hexadecimal sequencer, or null where the origin has none (listings and
 *     manifests); compare with {@link Sequencers}
 * @param sizeBytes the object's size in bytes
 * @param eventTime when the object was created, by S3's clock; one before 1970 is taken for its
 *     begin, and one after 9999 for its end
 * @param origin who said so
 */
public record Notification(
    String bucket,
    String key,
    @Nullable String versionId,
    @Nullable String etag,
    @Nullable String sequencer,
    long sizeBytes,
    Instant eventTime,
    Origin origin)
    implements Serializable {

  /** Where a notification comes from. */
  public enum Origin {
    /** An S3 event, in whatever envelope. */
    EVENT,
    /** An entry of a manifest. */
    MANIFEST,
    /** A listing of the bucket; ranks oldest. */
    LISTING,
    /** An operator's request to convert a known version again. */
    REPLAY
  }

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  public Notification {
    requireNonNull(bucket, "bucket");
    requireNonNull(key, "key");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(origin, "origin");
    eventTime = eventTime.isBefore(Instant.EPOCH) ? Instant.EPOCH : eventTime;
    eventTime = eventTime.isAfter(LATEST) ? LATEST : eventTime;
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException("a notification needs a bucket and a key");
    }
    if (versionId == null && etag == null) {
      throw new IllegalArgumentException("a notification needs a versionId or an ETag");
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes is negative: " + sizeBytes);
    }
  }

  /** Microseconds from 1970 to {@link #eventTime}. */
  public long eventTimeMicros() {
    return micros(eventTime);
  }

  /**
   * Microseconds from 1970 to an instant of the years to 9999: {@code ChronoUnit} of Java 17 goes
   * by nanoseconds, and so to 2262 only.
   */
  public static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  /** This notification with another place in the order of its key's versions. */
  public Notification withSequencer(@Nullable String other) {
    return new Notification(bucket, key, versionId, etag, other, sizeBytes, eventTime, origin);
  }

  /** What tells the version for people: the version id, or else the ETag. */
  public String version() {
    return versionId != null ? versionId : requireNonNull(etag, "etag");
  }
}
