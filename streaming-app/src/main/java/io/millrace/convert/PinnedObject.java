package io.millrace.convert;

import io.millrace.input.Compression;
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
   * <p>Reads its first bytes: the answer to a HEAD has neither S3's error code nor an opinion about
   * a KMS key or an archived storage class.
   *
   * @return what it is compressed with, by these bytes
   */
  Compression check() throws ObjectTroubleException, EnvironmentException {
    ResponseInputStream<GetObjectResponse> first = range(0, Compression.MAGIC_BYTES);
    try {
      byte[] magic = first.readNBytes(Compression.MAGIC_BYTES);
      boolean whole = first.read() < 0;
      if (whole) {
        first.close(); // keeps the connection
      }
      return Compression.of(magic);
    } catch (IOException e) {
      throw trouble(QuarantineReason.UNREADABLE, "its first bytes can't be read", e);
    } finally {
      first.abort();
    }
  }

  /**
   * Its bytes from an offset on; to be aborted rather than closed before the end.
   *
   * @param to behind the last byte; may be behind the object's end
   */
  ResponseInputStream<GetObjectResponse> range(long from, long to)
      throws ObjectTroubleException, EnvironmentException {
    ResponseInputStream<GetObjectResponse> bytes = get("bytes=%d-%d".formatted(from, to - 1));
    GetObjectResponse answer = bytes.response();
    String range = answer.contentRange();
    if (range == null && from > 0) {
      bytes.abort();
      throw trouble(QuarantineReason.REFUSED, "the store does not read from an offset on", null);
    }
    long announced = arrival.object().sizeBytes();
    long size =
        range == null
            ? answer.contentLength()
            : Long.parseLong(range.substring(range.indexOf('/') + 1));
    if (size != announced) {
      bytes.abort();
      throw trouble(
          QuarantineReason.SIZE_DIFFERS,
          "announced with %d bytes, has %d".formatted(announced, size),
          null);
    }
    return bytes;
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
}
