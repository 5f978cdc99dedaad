package io.millrace.demo;

import io.millrace.localstack.LocalStack;

/**
 * The demo's bucket, queue and tables on a stack of its own.
 *
 * @param bucket where objects land
 * @param lake the bucket of tables, ledger and checkpoint
 * @param queue the URL of the queue with the events
 */
record Stage(String bucket, String lake, String queue) {

  /** Makes them. */
  static Stage on(LocalStack stack) {
    String bucket = "landing";
    String lake = "lake";
    stack.s3().createBucket(request -> request.bucket(bucket));
    stack.s3().createBucket(request -> request.bucket(lake));
    String queue = stack.sqs().createQueue(request -> request.queueName("orders")).queueUrl();
    return new Stage(bucket, lake, queue);
  }

  String table() {
    return "s3://" + lake + "/orders";
  }

  String quarantine() {
    return table() + "_quarantine";
  }

  String ledger() {
    return "s3://" + lake + "/state/ledger";
  }

  String checkpoint() {
    return "s3://" + lake + "/" + checkpointPrefix();
  }

  /** What the keys of Spark's checkpoint begin with. */
  String checkpointPrefix() {
    return "state/checkpoint";
  }
}
