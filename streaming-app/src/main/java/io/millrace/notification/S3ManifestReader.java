package io.millrace.notification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads manifests with the SDK; keys go to S3 as they are. */
public final class S3ManifestReader implements ManifestReader {
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416; // S3's answer for an object without bytes

  private final S3Client s3;

  /** Reads with a client that stays the caller's to close. */
  public S3ManifestReader(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public Optional<byte[]> read(String bucket, String key, int maxBytes) {
    try {
      return Optional.of(
          s3.getObjectAsBytes(r -> r.bucket(bucket).key(key).range("bytes=0-" + (maxBytes - 1)))
              .asByteArray());
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return Optional.of(new byte[0]);
      }
      return emptyIfGone(e);
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  @Override
  public Optional<Description> describe(String bucket, String key, @Nullable String versionId) {
    try {
      HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key(key).versionId(versionId));
      return Optional.of(
          new Description(
              head.contentLength(),
              head.eTag().replace("\"", ""),
              head.versionId(),
              head.lastModified()));
    } catch (S3Exception e) {
      return emptyIfGone(e);
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  private static <T> Optional<T> emptyIfGone(S3Exception exception) {
    if (exception.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    throw unavailable(exception);
  }

  private static ManifestUnavailableException unavailable(SdkException cause) {
    return new ManifestUnavailableException("S3 does not give what its manifest needs now", cause);
  }
}
