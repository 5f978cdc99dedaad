package io.millrace.localstack.control;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant.
 *
 * @param service the server that they reach
 * @param operation S3's HTTP method, such as {@code PUT}, or SQS's action, such as {@code
 *     ReceiveMessage}; null means all
 * @param bucket the bucket of S3's requests; null means all
 * @param keyPrefix how the key of S3's requests begins, not encoded; a request to a bucket, such as
 *     a listing, has the key ""
 */
public record RequestMatch(
    Service service, @Nullable String operation, @Nullable String bucket, String keyPrefix) {

  /** The servers of the stack. */
  public enum Service {
    S3,
    SQS
  }

  public RequestMatch {
    requireNonNull(service, "service");
    requireNonNull(keyPrefix, "keyPrefix");
    if (service == Service.SQS && (bucket != null || !keyPrefix.isEmpty())) {
      throw new IllegalArgumentException("requests to SQS have neither bucket nor key");
    }
  }

  /** All requests of one HTTP method to a bucket. */
  public static RequestMatch s3(String method, String bucket) {
    return new RequestMatch(Service.S3, method, bucket, "");
  }

  /** All requests to a bucket. */
  public static RequestMatch s3(String bucket) {
    return new RequestMatch(Service.S3, null, bucket, "");
  }

  /** All requests of one action, to any queue. */
  public static RequestMatch sqs(String action) {
    return new RequestMatch(Service.SQS, action, null, "");
  }

  /** Those of these requests whose key begins so. */
  public RequestMatch withKeyPrefix(String prefix) {
    return new RequestMatch(service, operation, bucket, prefix);
  }

  /** Whether a request is one of these. */
  public boolean matches(Service at, String requestOperation, String requestBucket, String key) {
    return service == at
        && (operation == null || operation.equals(requestOperation))
        && (bucket == null || bucket.equals(requestBucket))
        && key.startsWith(keyPrefix);
  }
}
