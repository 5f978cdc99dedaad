package io.millrace.notification;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one message says. Every record of it is in exactly one of the three, unless it is postponed.
 *
 * @param notifications objects to take, in the message's order
 * @param ignored how many records are none of the stream's business, by reason
 * @param rejections why records, or the message as a whole, could not be taken; for a person, and
 *     {@link NotificationDecoder#MAX_REASONS} at most
 * @param rejected how many of them there are, by reason
 * @param postponed why the message has to stay in the queue, since something of it can't be known
 *     now; null where it need not. What it says already may be taken, and comes again
 */
public record DecodedMessage(
    List<Notification> notifications,
    Map<IgnoredReason, Integer> ignored,
    List<String> rejections,
    Map<RejectedReason, Integer> rejected,
    @Nullable String postponed) {

  public DecodedMessage {
    notifications = List.copyOf(notifications);
    ignored = Map.copyOf(ignored);
    rejections = List.copyOf(rejections);
    rejected = Map.copyOf(rejected);
  }

  /** How many records could not be taken; a message as a whole is one. */
  public int rejectedRecords() {
    return rejected.values().stream().mapToInt(Integer::intValue).sum();
  }
}
