package io.millrace.metrics;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueDepth;
import io.millrace.queue.QueueException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the queue now and then how much it holds; that it does not tell is counted, no more. */
final class QueueDepthWatch implements AutoCloseable {
  /** One request each time. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(QueueDepthWatch.class);

  private final MessageQueue queue;
  private final Duration interval;
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread = new Thread(this::run, "queue-depth");
  private volatile @Nullable QueueDepth depth;

  QueueDepthWatch(Meters meters, MessageQueue queue, Duration interval) {
    this.queue = queue;
    this.interval = interval;
    gauge(meters, "waiting");
    gauge(meters, "in-flight");
    gauge(meters, "delayed");
    meters.counter(MeterCatalog.QUEUE_DEPTH_FAILURES, failures::get);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void gauge(Meters meters, String state) {
    meters.gauge(MeterCatalog.QUEUE_MESSAGES, () -> count(state), state);
  }

  private double count(String state) {
    QueueDepth last = depth;
    if (last == null) {
      return Double.NaN;
    }
    return switch (state) {
      case "waiting" -> last.waiting();
      case "in-flight" -> last.inFlight();
      default -> last.delayed();
    };
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      depth = queue.depth();
    } catch (QueueException e) {
      failures.incrementAndGet();
      LOG.debug("the queue does not tell its depth", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
