package io.millrace.localstack.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What S3 tells about one change of one object.
 *
 * @param eventName S3's name without {@code s3:}, such as {@code ObjectCreated:Put}
 * @param eventTime when S3 finished the change
 * @param region the bucket's region
 * @param bucket the bucket's name
 * @param key the object's key, not encoded
 * @param size the object's size in bytes; null for removals, which carry none
 * @param eTag the ETag without quotes; null for removals that carry none
 * @param versionId the version, or null where the bucket is not versioned
 * @param sequencer hexadecimal; of two events of one key the greater one, padded to the right with
 *     zeros, is the later
 */
public record S3Event(
    String eventName,
    Instant eventTime,
    String region,
    String bucket,
    String key,
    @Nullable Long size,
    @Nullable String eTag,
    @Nullable String versionId,
    String sequencer) {

  public static final String PUT = "ObjectCreated:Put";
  public static final String COPY = "ObjectCreated:Copy";
  public static final String COMPLETE_MULTIPART_UPLOAD = "ObjectCreated:CompleteMultipartUpload";
  public static final String DELETE = "ObjectRemoved:Delete";
  public static final String DELETE_MARKER_CREATED = "ObjectRemoved:DeleteMarkerCreated";

  public S3Event {
    requireNonNull(eventName, "eventName");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(region, "region");
    requireNonNull(bucket, "bucket");
    requireNonNull(key, "key");
    requireNonNull(sequencer, "sequencer");
  }

  /** This event under another name. */
  public S3Event withEventName(String name) {
    return new S3Event(name, eventTime, region, bucket, key, size, eTag, versionId, sequencer);
  }

  /** This event at another time. */
  public S3Event withEventTime(Instant time) {
    return new S3Event(eventName, time, region, bucket, key, size, eTag, versionId, sequencer);
  }

  /** This event of another bucket, as a forger would send it. */
  public S3Event withBucket(String name) {
    return new S3Event(eventName, eventTime, region, name, key, size, eTag, versionId, sequencer);
  }

  /** This event of another key. */
  public S3Event withKey(String name) {
    return new S3Event(
        eventName, eventTime, region, bucket, name, size, eTag, versionId, sequencer);
  }

  /** This event with another ETag. */
  public S3Event withETag(@Nullable String tag) {
    return new S3Event(eventName, eventTime, region, bucket, key, size, tag, versionId, sequencer);
  }

  /** This event with another place in the order of its key's events. */
  public S3Event withSequencer(String hexadecimal) {
    return new S3Event(
        eventName, eventTime, region, bucket, key, size, eTag, versionId, hexadecimal);
  }
}
