package io.millrace.localstack.server;

import io.millrace.localstack.control.Subscription;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells queues about changes in the buckets that they are subscribed to. */
final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final QueueSender queues;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

  /** Begins with the time, so that a stack on kept data goes on where the last one ended. */
  private final AtomicLong sequence = new AtomicLong(System.currentTimeMillis() << 20);

  Notifier(QueueSender queues) {
    this.queues = queues;
  }

  void subscribe(Subscription subscription) {
    subscriptions.put(subscription.bucket(), subscription);
  }

  void unsubscribe(String bucket) {
    subscriptions.remove(bucket);
  }

  boolean isSubscribed(String bucket) {
    return subscriptions.containsKey(bucket);
  }

  /** A sequencer greater than all before it. */
  String nextSequencer() {
    return String.format("00%016X", sequence.incrementAndGet());
  }

  /** Sends the event of a change that has just happened, where anybody wants to know. */
  void changed(
      String eventName,
      String bucket,
      String key,
      @Nullable Long size,
      @Nullable String eTag,
      @Nullable String versionId) {
    Subscription subscription = subscriptions.get(bucket);
    if (subscription == null) {
      return;
    }
    S3Event event =
        new S3Event(
            eventName,
            Instant.now(),
            StackServer.REGION,
            bucket,
            key,
            size,
            eTag,
            versionId,
            nextSequencer());
    try {
      queues.send(subscription.queueUrl(), S3Events.body(subscription.envelope(), event));
    } catch (IOException e) {
      // As with S3 itself, a queue that is gone does not fail the write.
      LOG.warn("lost the event {} of a key in {}", eventName, bucket, e);
    }
  }
}
