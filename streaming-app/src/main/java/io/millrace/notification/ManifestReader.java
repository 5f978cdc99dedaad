package io.millrace.notification;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The little of S3 that manifests need. Only asked for objects in buckets that the stream may read.
 *
 * <p>Both methods throw {@link ManifestUnavailableException} where the answer can't be had now.
 */
public interface ManifestReader {

  /** The object's first bytes, at most {@code maxBytes}; empty where there is no such object. */
  Optional<byte[]> read(String bucket, String key, int maxBytes);

  /** What S3 says of a version, or of the current one; empty where there is none. */
  Optional<Description> describe(String bucket, String key, @Nullable String versionId);

  /**
   * One version of an object.
   *
   * @param etag without quotes
   */
  record Description(
      long sizeBytes, String etag, @Nullable String versionId, Instant lastModified) {}
}
