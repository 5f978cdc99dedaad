package io.millrace.intake;

import io.millrace.ledger.RejectedMessage;
import io.millrace.notification.DecodedMessage;
import io.millrace.notification.Notification;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.RejectedReason;
import io.millrace.queue.QueueMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes messages durable, whatever they say. For several threads. */
final class MessageRecorder {
  /**
   * A message says one thing or a few, but a manifest ten thousand: with so many no other message
   * is added to an append.
   */
  static final int ENOUGH_NOTIFICATIONS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(MessageRecorder.class);

  private final NotificationDecoder decoder;
  private final Recorder ledger;
  private final IntakeCounters counters;
  private final InstantSource clock;
  private final AtomicLong rejectedSoFar = new AtomicLong();

  MessageRecorder(
      NotificationDecoder decoder, Recorder ledger, IntakeCounters counters, InstantSource clock) {
    this.decoder = decoder;
    this.ledger = ledger;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * Messages that are done with.
   *
   * @param deletable those that are durable
   * @param postponed those that stay in the queue
   */
  record Recorded(List<QueueMessage> deletable, List<QueueMessage> postponed) {
    int messages() {
      return deletable.size() + postponed.size();
    }

    Stream<QueueMessage> all() {
      return Stream.concat(deletable.stream(), postponed.stream());
    }
  }

  /**
   * Records messages until there are none left, or until they have said enough for one append.
   * Returns when they are durable.
   */
  Recorded record(Iterator<QueueMessage> messages) {
    List<Notification> notifications = new ArrayList<>();
    List<RejectedMessage> rejected = new ArrayList<>();
    List<QueueMessage> deletable = new ArrayList<>();
    List<QueueMessage> postponed = new ArrayList<>();
    List<DecodedMessage> decodedMessages = new ArrayList<>();
    while (messages.hasNext() && notifications.size() < ENOUGH_NOTIFICATIONS) {
      QueueMessage message = messages.next();
      DecodedMessage decoded = decoder.decode(message.body(), message.sentAt());
      notifications.addAll(decoded.notifications());
      if (decoded.postponed() != null) {
        LOG.warn("Message {} stays in the queue: {}", message.messageId(), decoded.postponed());
        postponed.add(message);
        continue; // what else it says is told when it comes again
      }
      decodedMessages.add(decoded);
      if (!decoded.rejections().isEmpty()) {
        rejected.add(rejected(message, decoded));
      }
      deletable.add(message);
    }
    if (!notifications.isEmpty()) {
      counters.appended(ledger.append(notifications));
    }
    if (!rejected.isEmpty()) {
      ledger.reject(rejected);
      counters.rejected(rejected.size());
      tell(rejected.size(), decodedMessages);
    }
    for (DecodedMessage decoded : decodedMessages) {
      counters.ignored(decoded.ignored());
      counters.rejectedRecords(decoded.rejected());
    }
    Recorded recorded = new Recorded(deletable, postponed);
    counters.settled(recorded.messages(), postponed.size());
    return recorded;
  }

  /** The first rejected message, and whenever their number has doubled: a mistake is seen early. */
  private void tell(int more, List<DecodedMessage> decoded) {
    long before = rejectedSoFar.getAndAdd(more);
    if (Long.highestOneBit(before) == Long.highestOneBit(before + more)) {
      return;
    }
    Set<RejectedReason> reasons = EnumSet.noneOf(RejectedReason.class);
    decoded.forEach(message -> reasons.addAll(message.rejected().keySet()));
    LOG.warn(
        "{} messages have been rejected so far, the last ones as {}{}; the ledger keeps them",
        before + more,
        reasons.stream().map(RejectedReason::label).collect(Collectors.joining(", ")),
        reasons.contains(RejectedReason.FOREIGN_BUCKET)
            ? ": they name a bucket that is not in objects.buckets"
            : "");
  }

  private RejectedMessage rejected(QueueMessage message, DecodedMessage decoded) {
    String reason = String.join("; ", decoded.rejections());
    int more = decoded.rejectedRecords() - decoded.rejections().size();
    return new RejectedMessage(
        message.messageId(),
        message.body(),
        more > 0 ? reason + "; and " + more + " more" : reason,
        message.sentAt(),
        clock.instant());
  }
}
