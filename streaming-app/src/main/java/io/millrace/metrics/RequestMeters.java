package io.millrace.metrics;

import io.millrace.request.FailureCause;
import io.millrace.request.RequestCounts;
import java.util.List;
import java.util.function.Supplier;

/** What the AWS SDK's clients asked for, and what failed. */
final class RequestMeters {
  static final List<String> SQS_OPERATIONS =
      List.of("ReceiveMessage", "DeleteMessageBatch", "GetQueueAttributes");
  static final List<String> S3_OPERATIONS = List.of("GetObject", "HeadObject");

  RequestMeters(Meters meters, Supplier<RequestCounts> sqs, Supplier<RequestCounts> s3) {
    register(meters, "sqs", SQS_OPERATIONS, sqs);
    register(meters, "s3", S3_OPERATIONS, s3);
  }

  private static void register(
      Meters meters, String client, List<String> operations, Supplier<RequestCounts> counts) {
    for (String operation : operations) {
      meters.counter(
          MeterCatalog.REQUESTS,
          () -> counts.get().requests().getOrDefault(operation, 0L),
          client,
          operation);
    }
    for (FailureCause cause : FailureCause.values()) {
      meters.counter(
          MeterCatalog.RETRIES,
          () -> counts.get().retried().getOrDefault(cause, 0L),
          client,
          cause.label());
      meters.counter(
          MeterCatalog.FAILURES,
          () -> counts.get().failed().getOrDefault(cause, 0L),
          client,
          cause.label());
    }
  }
}
