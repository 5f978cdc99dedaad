package io.millrace.localstack.server;

import io.millrace.localstack.control.Subscription;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells queues about changes in the buckets that they are subscribed to. */
final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final QueueSender queues;
  private final Map<String, Subscribed> subscriptions = new ConcurrentHashMap<>();

  /** Begins with the time, so that a stack on kept data goes on where the last one ended. */
  private final AtomicLong sequence = new AtomicLong(System.currentTimeMillis() << 20);

  Notifier(QueueSender queues) {
    this.queues = queues;
  }

  /**
   * A subscription, and what it is told of.
   *
   * @param keys those whose changes are sent
   */
  private record Subscribed(Subscription subscription, Predicate<String> keys) {}

  void subscribe(Subscription subscription) {
    subscribe(subscription, key -> true);
  }

  void subscribe(Subscription subscription, Predicate<String> keys) {
    subscriptions.put(subscription.bucket(), new Subscribed(subscription, keys));
  }

  /** Sends S3's test event. */
  void test(Subscription subscription) throws IOException {
    queues.send(subscription.queueUrl(), S3Events.testEvent(subscription.bucket()));
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
    Subscribed subscribed = subscriptions.get(bucket);
    if (subscribed == null || !subscribed.keys().test(key)) {
      return;
    }
    Subscription subscription = subscribed.subscription();
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
