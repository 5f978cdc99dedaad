package io.millrace.intake;

import io.millrace.ledger.AppendResult;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.RejectedMessage;
import io.millrace.notification.Notification;
import io.millrace.notification.NotificationDecoder;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages from the queue into the ledger on threads of its own: received, decoded, appended
 * durably, and only then deleted.
 */
public final class Intake implements AutoCloseable {
  /** Writers of the ledger, of which one decodes or deletes while the other waits for the store. */
  static final int RECORDERS = 4;

  /** How many messages are recorded with one append at most. */
  static final int MAX_APPEND_MESSAGES = 1_000;

  static final Duration DRAIN_WAIT = Duration.ofSeconds(1);
  static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  static final Duration LAST_BACK_OFF = Duration.ofSeconds(30);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final MessageQueue queue;
  private final MessageRecorder recorder;
  private final IntakeSettings settings;
  private final InstantSource clock;
  private final UndurableBudget budget;
  private final IntakeCounters counters = new IntakeCounters();
  private final MessagesInHand inHand = new MessagesInHand();
  private final BlockingQueue<QueueMessage> received = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Thread> pollers = new ArrayList<>();
  private final List<Thread> recorders = new ArrayList<>();
  private volatile @Nullable DrainWatch drain;
  private volatile boolean polling = true;
  private volatile boolean closed;

  /** An intake that does nothing before {@link #start}; queue and ledger stay the caller's. */
  public Intake(
      MessageQueue queue,
      NotificationDecoder decoder,
      Ledger ledger,
      IntakeSettings settings,
      InstantSource clock) {
    this(queue, decoder, recorderOf(ledger), settings, clock);
  }

  Intake(
      MessageQueue queue,
      NotificationDecoder decoder,
      Recorder ledger,
      IntakeSettings settings,
      InstantSource clock) {
    this.queue = queue;
    this.settings = settings;
    this.clock = clock;
    this.recorder = new MessageRecorder(decoder, ledger, counters, clock);
    this.budget =
        new UndurableBudget(settings.maxUndurableMessages(), settings.maxUndurableBytes());
  }

  /** Begins to poll. Once. */
  public synchronized void start() {
    if (!pollers.isEmpty() || closed) {
      throw new IllegalStateException("an intake starts once");
    }
    for (int i = 0; i < RECORDERS; i++) {
      recorders.add(thread("intake-recorder-" + i, this::record));
    }
    for (int i = 0; i < settings.pollers(); i++) {
      pollers.add(thread("intake-poller-" + i, this::poll));
    }
    recorders.forEach(Thread::start);
    pollers.forEach(Thread::start);
  }

  /**
   * Waits until everything that was sent before {@code sentBefore} is in the ledger, as far as the
   * queue shows it, or until {@code limit} has passed; then stops to poll and waits until what was
   * received is durable. For the available-now trigger, which freezes its target afterwards.
   *
   * <p>Starts the intake where nobody has, which is faster: polls that {@link #start} began wait
   * for as long as the settings say. Messages sent later that come meanwhile are recorded too; a
   * stream takes them sooner or later anyway. A message that another process holds counts as not
   * taken.
   *
   * @return whether the queue had nothing older left; false where the limit came first
   */
  public boolean takeUntil(Instant sentBefore, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    DrainWatch watch = new DrainWatch(sentBefore);
    drain = watch;
    synchronized (this) {
      if (pollers.isEmpty()) {
        start();
      }
    }
    boolean drained = false;
    while (!drained && System.nanoTime() < deadline) {
      throwIfFailed();
      drained = watch.isQuiet() && counters.isIdle() && isDrained(watch);
      if (!drained) {
        Thread.sleep(LOOK_INTERVAL.toMillis());
      }
    }
    polling = false;
    for (Thread poller : pollers) {
      poller.join();
    }
    while (!counters.isIdle()) {
      throwIfFailed();
      Thread.sleep(LOOK_INTERVAL.toMillis());
    }
    throwIfFailed();
    return drained;
  }

  /** Whether the queue is being polled: between the start and the end of receiving. */
  public synchronized boolean isPolling() {
    return !pollers.isEmpty() && polling;
  }

  /** What the intake has done so far. */
  public IntakeStatus status() {
    return counters.snapshot();
  }

  /** Throws what ended a thread of the intake, if anything did: it never goes on half. */
  public void throwIfFailed() {
    Throwable cause = failure.get();
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }

  /** Ends polling; what is not durable stays in the queue and comes again. */
  @Override
  public void close() {
    closed = true;
    stop();
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      for (Thread thread : threads()) {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Polls once, and records and deletes what came, on the caller's thread; for one that uses no
   * others.
   */
  void turn() throws InterruptedException {
    pollOnce(0);
    List<QueueMessage> messages = new ArrayList<>();
    received.drainTo(messages);
    if (!messages.isEmpty()) {
      settle(messages);
    }
  }

  private void poll() {
    int failures = 0;
    try {
      while (polling) {
        failures = pollOnce(failures);
        if (failures > 0 && polling) {
          Thread.sleep(backOff(failures).toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Polls.
   *
   * @param failures how often it has failed in a row
   * @return how often it has now
   */
  private int pollOnce(int failures) throws InterruptedException {
    budget.acquire(MessageQueue.MAX_BATCH, IntakeSettings.POLL_BYTES);
    int messages = 0;
    long bytes = 0;
    try {
      for (QueueMessage message : receive()) {
        if (!inHand.take(message)) {
          counters.repeated();
          continue;
        }
        messages++;
        bytes += bytes(message);
        received.add(message);
      }
      return 0;
    } catch (QueueException e) {
      report(e, failures + 1);
      return failures + 1;
    } finally {
      budget.release(MessageQueue.MAX_BATCH - messages, IntakeSettings.POLL_BYTES - bytes);
    }
  }

  private List<QueueMessage> receive() {
    DrainWatch watch = drain;
    List<QueueMessage> messages = queue.receive(watch == null ? settings.pollWait() : DRAIN_WAIT);
    counters.polled(messages.size(), clock.instant());
    if (watch != null) {
      watch.saw(messages.stream().map(QueueMessage::sentAt).toList());
    }
    return messages;
  }

  private void record() {
    try {
      while (!closed) {
        List<QueueMessage> messages = new ArrayList<>();
        messages.add(received.take());
        received.drainTo(messages, MAX_APPEND_MESSAGES - 1);
        settle(messages);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(List<QueueMessage> messages) {
    Iterator<QueueMessage> left = messages.iterator();
    while (left.hasNext()) {
      MessageRecorder.Recorded recorded = recorder.record(left);
      budget.release(recorded.messages(), recorded.all().mapToLong(Intake::bytes).sum());
      recorded.postponed().forEach(inHand::release);
      delete(recorded.deletable().stream().map(inHand::release).toList());
    }
  }

  private void delete(List<QueueMessage> messages) {
    for (int from = 0; from < messages.size(); from += MessageQueue.MAX_BATCH) {
      int to = Math.min(messages.size(), from + MessageQueue.MAX_BATCH);
      List<String> handles =
          messages.subList(from, to).stream().map(QueueMessage::receiptHandle).toList();
      int left = handles.size();
      try {
        left = queue.delete(handles).size();
      } catch (QueueException e) {
        report(e, 1); // they come again, and the ledger knows them
      }
      counters.deleted(handles.size() - left, left);
    }
  }

  private boolean isDrained(DrainWatch watch) {
    try {
      return watch.isDrained(queue.depth());
    } catch (QueueException e) {
      report(e, 1);
      return false;
    }
  }

  /** Logs the first failure of a row in full, then the second, the fourth, … in a line. */
  private void report(QueueException exception, int failures) {
    counters.failed(exception.kind());
    if (closed || Integer.bitCount(failures) != 1) {
      return;
    }
    if (failures == 1) {
      LOG.warn("{}; trying again", exception.getMessage(), exception);
    } else {
      LOG.warn(
          "{}; trying again, failure {} in a row: {}",
          exception.getMessage(),
          failures,
          String.valueOf(exception.getCause()));
    }
  }

  static Duration backOff(int failures) {
    Duration backOff = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures - 1, 20));
    return backOff.compareTo(LAST_BACK_OFF) < 0 ? backOff : LAST_BACK_OFF;
  }

  private Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, cause) -> fail(cause));
    return thread;
  }

  private void fail(Throwable cause) {
    if (!closed && failure.compareAndSet(null, cause)) {
      LOG.error("The intake ends: {}", cause.getMessage(), cause);
      stop();
    }
  }

  private void stop() {
    polling = false;
    threads().forEach(Thread::interrupt);
  }

  private synchronized List<Thread> threads() {
    List<Thread> threads = new ArrayList<>(pollers);
    threads.addAll(recorders);
    return threads;
  }

  private static long bytes(QueueMessage message) {
    return message.body().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Recorder recorderOf(Ledger ledger) {
    return new Recorder() {
      @Override
      public AppendResult append(List<Notification> notifications) {
        return ledger.append(notifications);
      }

      @Override
      public void reject(List<RejectedMessage> messages) {
        ledger.reject(messages);
      }
    };
  }
}
