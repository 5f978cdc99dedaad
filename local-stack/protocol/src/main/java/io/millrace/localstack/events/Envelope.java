package io.millrace.localstack.events;

/** The way an S3 event takes to its queue, and so the form of the message. */
public enum Envelope {
  /** S3 straight to SQS: keys encoded as forms, several records a message. */
  S3,
  /** S3 to SNS to SQS without raw delivery: the S3 message as a string in {@code Message}. */
  SNS,
  /** S3 to EventBridge to SQS: keys as they are, one event a message. */
  EVENTBRIDGE,
  /** S3 to EventBridge to SNS to SQS: the EventBridge event as a string in {@code Message}. */
  SNS_EVENTBRIDGE
}
