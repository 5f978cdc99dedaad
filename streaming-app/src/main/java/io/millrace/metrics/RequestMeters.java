package io.millrace.metrics;

import io.millrace.request.FailureCause;
import io.millrace.request.RequestCounts;
import io.millrace.request.S3aRequests;
import io.millrace.request.StorageRequests;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What the clients of queue and storage asked for, and what failed. */
final class RequestMeters {
  static final List<String> SQS_OPERATIONS =
      List.of("ReceiveMessage", "DeleteMessageBatch", "GetQueueAttributes");
  static final List<String> S3_OPERATIONS = List.of("GetObject", "HeadObject");
  static final List<String> UPLOAD_OPERATIONS =
      List.of(
          "CreateMultipartUpload",
          "UploadPart",
          "CompleteMultipartUpload",
          "AbortMultipartUpload",
          "ListParts",
          "ListMultipartUploads",
          "HeadObject",
          "DeleteObject");

  /** Those that the SDK tells apart. */
  private static final Set<FailureCause> SDK_CAUSES =
      EnumSet.complementOf(EnumSet.of(FailureCause.OTHER));

  /** S3A does not say more of its retries. */
  private static final Set<FailureCause> S3A_CAUSES =
      EnumSet.of(FailureCause.THROTTLED, FailureCause.OTHER);

  private final Meters meters;

  RequestMeters(Meters meters, Supplier<RequestCounts> sqs, Supplier<StorageRequests> storage) {
    this.meters = meters;
    ofSdk("sqs", SQS_OPERATIONS, sqs);
    ofSdk("s3", S3_OPERATIONS, () -> storage.get().objects());
    ofSdk("uploads", UPLOAD_OPERATIONS, () -> storage.get().uploads());
    Supplier<RequestCounts> s3a = () -> storage.get().files();
    requests("s3a", S3aRequests.OPERATIONS, s3a);
    retries("s3a", S3A_CAUSES, s3a);
  }

  private void ofSdk(String client, List<String> operations, Supplier<RequestCounts> counts) {
    requests(client, operations, counts);
    retries(client, SDK_CAUSES, counts);
    for (FailureCause cause : SDK_CAUSES) {
      meters.counter(
          MeterCatalog.FAILURES,
          () -> counts.get().failed().getOrDefault(cause, 0L),
          client,
          cause.label());
    }
  }

  private void requests(String client, List<String> operations, Supplier<RequestCounts> counts) {
    for (String operation : operations) {
      meters.counter(
          MeterCatalog.REQUESTS,
          () -> counts.get().requests().getOrDefault(operation, 0L),
          client,
          operation);
    }
  }

  private void retries(String client, Set<FailureCause> causes, Supplier<RequestCounts> counts) {
    for (FailureCause cause : causes) {
      meters.counter(
          MeterCatalog.RETRIES,
          () -> counts.get().retried().getOrDefault(cause, 0L),
          client,
          cause.label());
    }
  }
}
