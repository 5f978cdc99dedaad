package io.millrace.intake;

import io.millrace.ledger.RejectedMessage;
import io.millrace.notification.DecodedMessage;
import io.millrace.notification.ManifestUnavailableException;
import io.millrace.notification.Notification;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.RejectedReason;
import io.millrace.queue.QueueMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes messages durable, whatever they say. For several threads. */
final class MessageRecorder {
  /** How many reasons of one rejected message are kept. */
  static final int MAX_REASONS = 10;

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

  /** Returns when all is durable: those messages that may be deleted now. */
  List<QueueMessage> record(List<QueueMessage> messages) {
    List<Notification> notifications = new ArrayList<>();
    List<RejectedMessage> rejected = new ArrayList<>();
    List<QueueMessage> deletable = new ArrayList<>(messages.size());
    List<DecodedMessage> decodedMessages = new ArrayList<>(messages.size());
    for (QueueMessage message : messages) {
      try {
        DecodedMessage decoded = decoder.decode(message.body(), message.sentAt());
        notifications.addAll(decoded.notifications());
        decodedMessages.add(decoded);
        if (!decoded.rejections().isEmpty()) {
          rejected.add(rejected(message, decoded));
        }
        deletable.add(message);
      } catch (ManifestUnavailableException e) {
        LOG.warn("Message {} stays in the queue: {}", message.messageId(), e.getMessage());
      }
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
    counters.settled(messages.size(), messages.size() - deletable.size());
    return deletable;
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
    String reason =
        decoded.rejections().stream().limit(MAX_REASONS).collect(Collectors.joining("; "));
    int more = decoded.rejections().size() - MAX_REASONS;
    return new RejectedMessage(
        message.messageId(),
        message.body(),
        more > 0 ? reason + "; and " + more + " more" : reason,
        message.sentAt(),
        clock.instant());
  }
}
