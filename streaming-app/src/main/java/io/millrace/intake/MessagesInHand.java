package io.millrace.intake;

import io.millrace.queue.QueueMessage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Messages between their receipt and their deletion, each with its newest receipt handle: where
 * that takes longer than their visibility they are received once more, and on SQS only the newest
 * handle is sure to delete.
 *
 * <p>Safe for several threads.
 */
final class MessagesInHand {
  private final ConcurrentMap<String, QueueMessage> newest = new ConcurrentHashMap<>();

  /**
   * Takes note of a delivery.
   *
   * @return whether the message is new here; one that is in hand needs nothing more
   */
  boolean take(QueueMessage delivery) {
    return newest.put(delivery.messageId(), delivery) == null;
  }

  /**
   * Lets go of a message; returns its newest delivery. From now on another one is a new message.
   */
  QueueMessage release(QueueMessage message) {
    QueueMessage last = newest.remove(message.messageId());
    return last == null ? message : last;
  }
}
