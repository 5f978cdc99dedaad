package io.millrace.intake;

import io.millrace.ledger.AppendResult;
import io.millrace.ledger.RejectedMessage;
import io.millrace.notification.Notification;
import java.util.List;

/** The two things that the intake asks of a ledger; both return when what they wrote is durable. */
interface Recorder {
  AppendResult append(List<Notification> notifications);

  void reject(List<RejectedMessage> messages);
}
