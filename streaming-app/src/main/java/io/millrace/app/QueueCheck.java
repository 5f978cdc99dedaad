package io.millrace.app;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the queue before a stream starts.
 *
 * <p>A queue that is not there, or not ours, is a mistake of a new stream's configuration. A stream
 * that has run before was told of a queue that worked: whatever is wrong with it is waited for, so
 * that a restart in an outage is no worse than none.
 */
final class QueueCheck {
  private static final Logger LOG = LoggerFactory.getLogger(QueueCheck.class);
  private static final Set<QueueException.Kind> MISTAKES =
      EnumSet.of(QueueException.Kind.QUEUE_GONE, QueueException.Kind.ACCESS_DENIED);

  private QueueCheck() {}

  /**
   * Asks the queue for its depth.
   *
   * @param known whether the stream has run before
   * @throws OperatorException where a new stream's queue is not there or denies access
   */
  static void run(MessageQueue queue, boolean known) {
    try {
      queue.depth();
    } catch (QueueException e) {
      if (!known && MISTAKES.contains(e.kind())) {
        throw new OperatorException(
            e.getMessage()
                + ": correct queue.url and queue.region, or allow the role sqs:GetQueueAttributes,"
                + " sqs:ReceiveMessage and sqs:DeleteMessage",
            e);
      }
      LOG.warn("{}; the stream starts, and tries again until it can", e.getMessage());
    }
  }
}
