package io.millrace.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The little of S3 that manifests need. Only asked for objects in buckets that the stream may read.
 *
 * <p>A thread that is interrupted while it waits gets a {@link ManifestUnavailableException}.
 */
public interface ManifestReader {

  /**
   * The object's first bytes, at most {@code maxBytes}; empty where there is no such object.
   *
   * @throws ManifestUnavailableException where S3 does not give it
   */
  Optional<byte[]> read(String bucket, String key, int maxBytes);

  /** What S3 says of each of them, in their order; they may be thousands. */
  List<Answer> describe(List<ObjectName> objects);

  /**
   * A version of an object, or its current one.
   *
   * @param versionId null for the current one
   */
  record ObjectName(String bucket, String key, @Nullable String versionId) {}

  /** What S3 says of an object. */
  sealed interface Answer {}

  /**
   * There is this version of it.
   *
   * @param etag without quotes
   */
  record Description(long sizeBytes, String etag, @Nullable String versionId, Instant lastModified)
      implements Answer {}

  /** There is none. */
  record Missing() implements Answer {}

  /**
   * S3 does not give it, and will not later.
   *
   * @param said what S3 answers, such as {@code 400 InvalidArgument}
   */
  record Refused(String said) implements Answer {}

  /** S3 denies access, to this object or to more than this one. */
  record Denied(String said) implements Answer {}

  /** S3 has no answer now. */
  record Unavailable(String said) implements Answer {}
}
