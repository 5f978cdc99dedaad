package io.millrace.intake;

import io.millrace.notification.IgnoredReason;
import io.millrace.notification.RejectedReason;
import io.millrace.queue.QueueException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the intake has done since it began.
 *
 * @param received deliveries of messages
 * @param deleted deliveries that the queue has forgotten
 * @param undeleted deliveries whose delete failed; they come again
 * @param postponed deliveries left in the queue, since their manifest could not be read
 * @param undurable messages received and not in the ledger yet
 * @param rejected messages of which something could not be understood
 * @param rejectedRecords what could not be understood, by reason: records, or whole messages
 * @param ignored records that are none of the stream's business
 * @param arrivals new arrivals, those born superseded included
 * @param duplicates notifications of arrivals that were known
 * @param errors what the queue did not do, by kind
 * @param lastPoll when a poll last succeeded, by the driver's clock
 * @param lastError what the queue's last refusal was; stays after the queue has recovered
 */
public record IntakeStatus(
    long received,
    long deleted,
    long undeleted,
    long postponed,
    int undurable,
    long rejected,
    Map<RejectedReason, Long> rejectedRecords,
    Map<IgnoredReason, Long> ignored,
    long arrivals,
    long duplicates,
    Map<QueueException.Kind, Long> errors,
    @Nullable Instant lastPoll,
    QueueException.@Nullable Kind lastError) {

  public IntakeStatus {
    rejectedRecords = Map.copyOf(rejectedRecords);
    ignored = Map.copyOf(ignored);
    errors = Map.copyOf(errors);
  }
}
