package io.millrace.queue;

import java.time.Instant;

/**
 * One message as one receive call handed it out.
 *
 * @param messageId SQS's id, the same at every delivery
 * @param receiptHandle what deletes this delivery; a later delivery has another
 * @param body the text, at most 1 MiB
 * @param sentAt SQS's SentTimestamp
 * @param receiveCount how often it was received, this time included
 */
public record QueueMessage(
    String messageId, String receiptHandle, String body, Instant sentAt, int receiveCount) {}
