package io.millrace.metrics;

import io.millrace.intake.IntakeStatus;
import io.millrace.notification.IgnoredReason;
import io.millrace.notification.RejectedReason;
import io.millrace.queue.QueueException;
import java.util.function.Supplier;

/** What came from the queue, and what became of it. */
final class IntakeMeters {

  IntakeMeters(Meters meters, Supplier<IntakeStatus> status) {
    meters.counter(MeterCatalog.MESSAGES_RECEIVED, () -> status.get().received());
    meters.counter(MeterCatalog.MESSAGES_DELETED, () -> status.get().deleted());
    meters.counter(MeterCatalog.MESSAGES_UNDELETED, () -> status.get().undeleted());
    meters.counter(MeterCatalog.MESSAGES_POSTPONED, () -> status.get().postponed());
    meters.counter(MeterCatalog.MESSAGES_REJECTED, () -> status.get().rejected());
    meters.gauge(MeterCatalog.MESSAGES_UNDURABLE, () -> status.get().undurable());
    meters.counter(MeterCatalog.NOTIFICATIONS_DUPLICATE, () -> status.get().duplicates());
    meters.counter(MeterCatalog.ARRIVALS, () -> status.get().arrivals());
    for (IgnoredReason reason : IgnoredReason.values()) {
      meters.counter(
          MeterCatalog.NOTIFICATIONS_IGNORED,
          () -> status.get().ignored().getOrDefault(reason, 0L),
          reason.label());
    }
    for (RejectedReason reason : RejectedReason.values()) {
      meters.counter(
          MeterCatalog.NOTIFICATIONS_REJECTED,
          () -> status.get().rejectedRecords().getOrDefault(reason, 0L),
          reason.label());
    }
    for (QueueException.Kind kind : QueueException.Kind.values()) {
      meters.counter(
          MeterCatalog.QUEUE_ERRORS,
          () -> status.get().errors().getOrDefault(kind, 0L),
          kind.label());
    }
  }
}
