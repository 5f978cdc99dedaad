package io.millrace.queue;

import java.time.Duration;
import java.util.List;

/**
 * A queue that hands each message out at least once, in no order, until it is deleted.
 *
 * <p>Safe for several threads. Every method throws {@link QueueException} where the queue does not
 * do it now; to try again later is always right. An interrupted thread gets an unchecked exception
 * too, with its interrupt flag set.
 */
public interface MessageQueue {
  /** How many messages one call can receive or delete. */
  int MAX_BATCH = 10;

  /** Up to ten messages; waits for the first as long as {@code wait}, of 20 s at most. */
  List<QueueMessage> receive(Duration wait);

  /**
   * Deletes up to ten deliveries.
   *
   * @return the receipt handles of those that could not be deleted, whose messages come again
   */
  List<String> delete(List<String> receiptHandles);

  /** How many messages the queue says it holds. */
  QueueDepth depth();
}
