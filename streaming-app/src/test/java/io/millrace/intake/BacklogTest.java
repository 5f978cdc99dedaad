package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import io.millrace.notification.NoObjects;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.ObjectFilter;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueDepth;
import io.millrace.queue.QueueMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue that has waited for long: in memory, since a server would take minutes to be filled. */
class BacklogTest {
  private static final int MESSAGES = 100_000;
  private static final int MAX_UNDURABLE = 2_000;
  private static final Instant SENT = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void aHundredThousandWaitingMessagesAreInTheLedgerEachOnceWithFewInMemory() throws Exception {
    FullQueue queue = new FullQueue();
    HadoopLedgerStore store = HadoopLedgerStore.open(folder.toString(), new Configuration());
    Ledger ledger = Ledger.takeOver(store, "s", LedgerSettings.defaults(), InstantSource.system());
    IntakeSettings settings =
        new IntakeSettings(4, Duration.ofSeconds(1), MAX_UNDURABLE, 128L << 20);

    try (ledger;
        Intake intake =
            new Intake(
                queue,
                new NotificationDecoder(ObjectFilter.ofBucket("lake"), new NoObjects()),
                ledger,
                settings,
                InstantSource.system())) {
      assertThat(intake.takeUntil(SENT.plusSeconds(1), Duration.ofMinutes(2))).isTrue();
    }

    assertThat(ledger.head()).isEqualTo(MESSAGES);
    assertThat(ledger.backlog().objects()).isEqualTo(MESSAGES);
    assertThat(queue.deleted.get()).isEqualTo(MESSAGES);
    // What is durable leaves the budget before it is deleted: one append of each recorder more.
    assertThat(queue.mostInFlight)
        .isLessThanOrEqualTo(MAX_UNDURABLE + Intake.RECORDERS * Intake.MAX_APPEND_MESSAGES);
  }

  /** Hands each message out once. */
  private static final class FullQueue implements MessageQueue {
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger deleted = new AtomicInteger();
    private volatile int mostInFlight;

    @Override
    public List<QueueMessage> receive(Duration wait) {
      List<QueueMessage> messages = new ArrayList<>();
      for (int i = 0; i < MAX_BATCH; i++) {
        int number = next.getAndIncrement();
        if (number < MESSAGES) {
          String id = Integer.toString(number);
          messages.add(new QueueMessage(id, id, body(number), SENT, 1));
        }
      }
      noteInFlight();
      return messages;
    }

    @Override
    public List<String> delete(List<String> receiptHandles) {
      deleted.addAndGet(receiptHandles.size());
      return List.of();
    }

    @Override
    public QueueDepth depth() {
      int visible = Math.max(0, MESSAGES - next.get());
      return new QueueDepth(visible, MESSAGES - visible - deleted.get(), 0);
    }

    private synchronized void noteInFlight() {
      int inFlight = Math.min(MESSAGES, next.get()) - deleted.get();
      mostInFlight = Math.max(mostInFlight, inFlight);
    }

    private static String body(int number) {
      return S3Events.body(
          Envelope.S3,
          new S3Event(
              S3Event.PUT, SENT, "us-east-1", "lake", "k" + number, 1L, "e" + number, null, "00"));
    }
  }
}
