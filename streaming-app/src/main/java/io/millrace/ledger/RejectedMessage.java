package io.millrace.ledger;

import java.time.Instant;

/**
 * A queue message, or a part of one, that could not be understood or is not for this stream.
 *
 * @param messageId the queue's id of the message
 * @param body its text; the ledger keeps as much of it as its settings say
 * @param reason why, for a person; names no secret
 * @param sentAt when it was sent, by the queue's clock
 * @param receivedAt when it was received, by the driver's clock
 */
public record RejectedMessage(
    String messageId, String body, String reason, Instant sentAt, Instant receivedAt) {}
