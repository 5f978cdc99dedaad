package io.millrace.localstack.control;

import static java.util.Objects.requireNonNull;

import io.millrace.localstack.events.Envelope;

/**
 * Where the events of a bucket go.
 *
 * @param bucket the bucket's name
 * @param queueUrl the queue that gets an event for each change in the bucket
 * @param envelope the form of the messages
 */
public record Subscription(String bucket, String queueUrl, Envelope envelope) {
  public Subscription {
    requireNonNull(bucket, "bucket");
    requireNonNull(queueUrl, "queueUrl");
    requireNonNull(envelope, "envelope");
  }
}
