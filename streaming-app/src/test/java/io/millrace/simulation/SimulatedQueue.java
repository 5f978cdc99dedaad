package io.millrace.simulation;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueDepth;
import io.millrace.queue.QueueException;
import io.millrace.queue.QueueMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A queue as SQS is: in no order, more than once, with handles that grow stale. */
final class SimulatedQueue {
  static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final Random random;
  private final InstantSource clock;
  private final List<Message> messages = new ArrayList<>();
  private int sent;
  private boolean calm;

  private static final class Message {
    final String id;
    final String body;
    final Instant sentAt;
    Instant visibleAt;
    int received;

    Message(String id, String body, Instant sentAt, Instant visibleAt) {
      this.id = id;
      this.body = body;
      this.sentAt = sentAt;
      this.visibleAt = visibleAt;
    }

    String handle() {
      return id + "." + received;
    }
  }

  SimulatedQueue(Random random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /** Sends, to be seen after a while. */
  void send(String body, Duration delay) {
    Instant now = clock.instant();
    messages.add(new Message("m" + sent++, body, now, now.plus(delay)));
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** From now on all deletes succeed. */
  void calm() {
    calm = true;
  }

  /** As a process sees it. */
  MessageQueue seenBy(Outside outside) {
    return new View(outside);
  }

  private List<QueueMessage> receive() {
    Instant now = clock.instant();
    List<Message> visible = new ArrayList<>();
    for (Message message : messages) {
      if (!message.visibleAt.isAfter(now)) {
        visible.add(message);
      }
    }
    Collections.shuffle(visible, random);
    int most = 1 + random.nextInt(MessageQueue.MAX_BATCH);
    List<QueueMessage> received = new ArrayList<>();
    for (Message message : visible.subList(0, Math.min(most, visible.size()))) {
      message.received++;
      boolean twice = !calm && random.nextInt(20) == 0;
      message.visibleAt = twice ? now : now.plus(VISIBILITY);
      received.add(
          new QueueMessage(
              message.id, message.handle(), message.body, message.sentAt, message.received));
    }
    return received;
  }

  /** Of a stale handle the delete does nothing, or works all the same: SQS promises neither. */
  private List<String> delete(List<String> handles) {
    List<String> failed = new ArrayList<>();
    for (String handle : handles) {
      if (!calm && random.nextInt(12) == 0) {
        failed.add(handle);
        continue;
      }
      String id = handle.substring(0, handle.indexOf('.'));
      messages.removeIf(
          message ->
              message.id.equals(id) && (message.handle().equals(handle) || random.nextInt(3) == 0));
    }
    return failed;
  }

  private final class View implements MessageQueue {
    private final Outside outside;

    View(Outside outside) {
      this.outside = outside;
    }

    @Override
    public List<QueueMessage> receive(Duration wait) {
      try {
        return outside.write("receive", SimulatedQueue.this::receive);
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public List<String> delete(List<String> receiptHandles) {
      List<String> handles = List.copyOf(receiptHandles);
      try {
        return outside.write("delete " + handles, () -> SimulatedQueue.this.delete(handles));
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public QueueDepth depth() {
      throw new UnsupportedOperationException("nobody asks");
    }

    private QueueException failure(IOException cause) {
      return new QueueException(
          QueueException.Kind.UNAVAILABLE, "the queue does not answer", cause);
    }
  }
}
