package io.millrace.intake;

import io.millrace.ledger.AppendResult;
import io.millrace.notification.IgnoredReason;
import io.millrace.notification.RejectedReason;
import io.millrace.queue.QueueException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts for {@link IntakeStatus}. For several threads. */
final class IntakeCounters {
  private final Map<IgnoredReason, Long> ignored = new EnumMap<>(IgnoredReason.class);
  private final Map<RejectedReason, Long> rejectedRecords = new EnumMap<>(RejectedReason.class);
  private final Map<QueueException.Kind, Long> errors = new EnumMap<>(QueueException.Kind.class);
  private long received;
  private long deleted;
  private long undeleted;
  private long postponed;
  private long repeated;
  private long settled;
  private long rejected;
  private long arrivals;
  private long duplicates;
  private @Nullable Instant lastPoll;
  private QueueException.@Nullable Kind lastError;

  synchronized void polled(int messages, Instant at) {
    received += messages;
    lastPoll = at;
  }

  synchronized void failed(QueueException.Kind kind) {
    lastError = kind;
    errors.merge(kind, 1L, Long::sum);
  }

  /** Of messages that are durable now, or were left in the queue. */
  synchronized void settled(int messages, int postponedOnes) {
    settled += messages;
    postponed += postponedOnes;
  }

  /** Of a message that was received again while it was in hand. */
  synchronized void repeated() {
    settled++;
    repeated++;
  }

  synchronized void rejected(int messages) {
    rejected += messages;
  }

  synchronized void appended(AppendResult result) {
    arrivals += result.appended() + result.superseded();
    duplicates += result.duplicates();
  }

  synchronized void rejectedRecords(Map<RejectedReason, Integer> more) {
    more.forEach((reason, count) -> rejectedRecords.merge(reason, (long) count, Long::sum));
  }

  synchronized void ignored(Map<IgnoredReason, Integer> more) {
    more.forEach((reason, count) -> ignored.merge(reason, (long) count, Long::sum));
  }

  synchronized void deleted(int messages, int left) {
    deleted += messages;
    undeleted += left;
  }

  /** Whether everything received is durable and its delete was tried. */
  synchronized boolean isIdle() {
    return settled == received && deleted + undeleted + postponed + repeated == received;
  }

  synchronized IntakeStatus snapshot() {
    return new IntakeStatus(
        received,
        deleted,
        undeleted,
        postponed,
        Math.toIntExact(received - settled),
        rejected,
        rejectedRecords,
        ignored,
        arrivals,
        duplicates,
        errors,
        lastPoll,
        lastError);
  }
}
