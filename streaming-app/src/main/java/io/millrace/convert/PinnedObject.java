package io.millrace.convert;

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Requests for exactly the version of an object that was announced. */
final class PinnedObject {
  private final S3Client s3;
  private final Arrival arrival;

  PinnedObject(S3Client s3, Arrival arrival) {
    this.s3 = s3;
    this.arrival = arrival;
  }

  /**
   * Asks whether it can be read and is as large as announced.
   *
   * <p>Reads its first byte: the answer to a HEAD has neither S3's error code nor an opinion about
   * a KMS key or an archived storage class.
   */
  void check() throws ObjectTroubleException, EnvironmentException {
    long announced = arrival.object().sizeBytes();
    long size;
    ResponseInputStream<GetObjectResponse> first = get("bytes=0-0");
    try {
      size = totalBytes(first.response());
      boolean whole = first.read() >= 0 && first.read() < 0;
      if (whole) {
        first.close(); // keeps the connection
      }
    } catch (IOException e) {
      throw trouble(QuarantineReason.UNREADABLE, "its first byte can't be read", e);
    } finally {
      first.abort();
    }
    if (size != announced) {
      throw trouble(
          QuarantineReason.SIZE_DIFFERS,
          "announced with %d bytes, has %d".formatted(announced, size),
          null);
    }
  }

  /** Its bytes from an offset to its end; to be aborted rather than closed before the end. */
  ResponseInputStream<GetObjectResponse> from(long offset)
      throws ObjectTroubleException, EnvironmentException {
    return get("bytes=" + offset + "-");
  }

  ObjectTroubleException trouble(
      QuarantineReason reason, String detail, @Nullable Throwable cause) {
    return new ObjectTroubleException(ObjectTrouble.of(arrival.ordinal(), reason, detail), cause);
  }

  private ResponseInputStream<GetObjectResponse> get(String range)
      throws ObjectTroubleException, EnvironmentException {
    Notification object = arrival.object();
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(object.bucket()).key(object.key()).range(range);
    if (object.versionId() != null) {
      request.versionId(object.versionId());
    } else {
      request.ifMatch('"' + object.etag() + '"');
    }
    try {
      return s3.getObject(request.build());
    } catch (SdkException e) {
      throw new ObjectTroubleException(Refusal.trouble(arrival.ordinal(), e), e);
    }
  }

  /** Of {@code bytes 0-0/123}; a server that knows no ranges sends all. */
  private static long totalBytes(GetObjectResponse answer) {
    String range = answer.contentRange();
    return range == null
        ? answer.contentLength()
        : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }
}
