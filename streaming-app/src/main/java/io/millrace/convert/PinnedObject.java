package io.millrace.convert;

import io.millrace.convert.ObjectTrouble.Kind;
import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests for exactly the version of an object that was announced. */
final class PinnedObject {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int FORBIDDEN = 403;

  private final S3Client s3;
  private final Arrival arrival;

  PinnedObject(S3Client s3, Arrival arrival) {
    this.s3 = s3;
    this.arrival = arrival;
  }

  /** Asks whether it is there and as large as announced. */
  void check() throws ObjectTroubleException, EnvironmentException {
    Notification object = arrival.object();
    HeadObjectRequest.Builder request =
        HeadObjectRequest.builder().bucket(object.bucket()).key(object.key());
    if (object.versionId() != null) {
      request.versionId(object.versionId());
    } else {
      request.ifMatch(quotedEtag());
    }
    long size;
    try {
      size = s3.headObject(request.build()).contentLength();
    } catch (SdkException e) {
      throw translated(e);
    }
    if (size != object.sizeBytes()) {
      throw trouble(
          Kind.SIZE_DIFFERS,
          "announced with %d bytes, has %d".formatted(object.sizeBytes(), size),
          null);
    }
  }

  /** Its bytes from an offset to its end; to be aborted rather than closed before the end. */
  ResponseInputStream<GetObjectResponse> from(long offset)
      throws ObjectTroubleException, EnvironmentException {
    Notification object = arrival.object();
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(object.bucket())
            .key(object.key())
            .range("bytes=" + offset + "-");
    if (object.versionId() != null) {
      request.versionId(object.versionId());
    } else {
      request.ifMatch(quotedEtag());
    }
    try {
      return s3.getObject(request.build());
    } catch (SdkException e) {
      throw translated(e);
    }
  }

  ObjectTroubleException trouble(Kind kind, String detail, @Nullable Throwable cause) {
    return new ObjectTroubleException(new ObjectTrouble(arrival.ordinal(), kind, detail), cause);
  }

  private String quotedEtag() {
    return '"' + arrival.object().etag() + '"';
  }

  private ObjectTroubleException translated(SdkException e) throws EnvironmentException {
    if (e instanceof S3Exception answer) {
      String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
      switch (answer.statusCode()) {
        case NOT_FOUND -> {
          if (!"NoSuchBucket".equals(code)) {
            return trouble(Kind.GONE, "no such object or version", e);
          }
        }
        case PRECONDITION_FAILED -> {
          return trouble(Kind.CHANGED, "it has another ETag by now", e);
        }
        case FORBIDDEN -> {
          if ("InvalidObjectState".equals(code)) {
            return trouble(Kind.ARCHIVED, "it is in an archived storage class", e);
          }
          if (!"ExpiredToken".equals(code)) {
            return trouble(Kind.ACCESS_DENIED, "access is denied", e);
          }
        }
        default -> {}
      }
    }
    throw new EnvironmentException("S3 does not answer for arrival " + arrival.ordinal(), e);
  }
}
