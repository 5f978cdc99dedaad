package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ledger.AppendResult;
import io.millrace.ledger.LedgerFencedException;
import io.millrace.ledger.RejectedMessage;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import io.millrace.notification.NoObjects;
import io.millrace.notification.Notification;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.ObjectFilter;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueDepth;
import io.millrace.queue.QueueMessage;
import io.millrace.queue.SqsQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class IntakeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<Envelope> ENVELOPES = List.copyOf(EnumSet.allOf(Envelope.class));

  private final LocalStack stack = LocalStack.shared();
  private final FakeLedger ledger = new FakeLedger();
  private String url = "";
  private SqsQueue queue = new SqsQueue(stack.sqs(), "");

  @BeforeEach
  void createQueue() {
    url = stack.createQueue("intake");
    queue = new SqsQueue(stack.sqs(), url);
  }

  @Test
  void everythingSentBeforeIsRecordedAndDeleted() throws InterruptedException {
    send(1_000);

    try (Intake intake = intake(10_000)) {
      assertThat(intake.takeUntil(Instant.now().plusSeconds(1), LIMIT)).isTrue();

      assertThat(ledger.appended).extracting(Notification::key).hasSize(1_000);
      assertThat(intake.status().deleted()).isEqualTo(1_000);
      assertThat(intake.status().undurable()).isZero();
      assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    }
  }

  @Test
  void aMessageThatIsNotUnderstoodIsKeptAndDeleted() throws InterruptedException {
    stack.sqs().sendMessage(r -> r.queueUrl(url).messageBody("{truncated"));

    try (Intake intake = intake(10_000)) {
      assertThat(intake.takeUntil(Instant.now().plusSeconds(1), LIMIT)).isTrue();
    }
    assertThat(ledger.rejected)
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("{truncated"));
  }

  @Test
  void nothingIsDeletedAndLittleReceivedWhileTheLedgerBlocks() {
    ledger.open = new CountDownLatch(1);
    send(100);

    try (Intake intake = intake(20)) {
      intake.start();
      await().until(() -> intake.status().undurable() == 20);
      await()
          .during(Duration.ofMillis(300))
          .until(() -> intake.status().undurable() == 20 && intake.status().deleted() == 0);

      ledger.open.countDown();
      await().until(() -> intake.status().deleted() == 100);
    }
  }

  @Test
  void aFencedLedgerEndsTheIntakeAndDeletesNothing() {
    ledger.failure = new LedgerFencedException("another application has the stream");
    send(10);

    try (Intake intake = intake(10_000)) {
      assertThatThrownBy(() -> intake.takeUntil(Instant.now(), LIMIT)).isSameAs(ledger.failure);
      assertThatThrownBy(intake::throwIfFailed).isSameAs(ledger.failure);
      assertThat(intake.status().deleted()).isZero();
    }
  }

  @Test
  void aQueueThatIsGoneIsWaitedFor() {
    stack.sqs().deleteQueue(r -> r.queueUrl(url));
    try (Intake intake = intake(10_000)) {
      intake.start();
      await().until(() -> intake.status().lastError() != null);

      stack.sqs().createQueue(r -> r.queueName(url.substring(url.lastIndexOf('/') + 1)));
      send(1);

      await().until(() -> intake.status().deleted() == 1);
      intake.throwIfFailed();
    }
  }

  @Test
  void aDeleteThatFailsInPartIsTriedAgainForTheRest() throws InterruptedException {
    send(10);
    try (InjectedFault fault = stack.inject(Fault.entriesFail(deletes(), 2).atMost(2));
        Intake intake = intake(10_000)) {
      assertThat(intake.takeUntil(Instant.now().plusSeconds(1), LIMIT)).isTrue();

      assertThat(fault.hits()).isPositive();
      assertThat(intake.status().deleted()).isEqualTo(10);
      assertThat(intake.status().undeleted()).isZero();
      assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    }
  }

  @Test
  void aMessageThatCannotBeDeletedComesAgainAndIsRecordedAgain() throws InterruptedException {
    makeVisibleAgainAfterSeconds(2);
    send(1);
    try (InjectedFault fault =
            stack.inject(Fault.entriesFail(deletes(), 1).atMost(SqsQueue.DELETE_TRIES));
        Intake intake = intake(10_000)) {
      intake.start();
      await().until(() -> intake.status().deleted() == 1);

      assertThat(fault.hits()).isEqualTo(SqsQueue.DELETE_TRIES);
      assertThat(intake.status().undeleted()).isEqualTo(1);
      assertThat(ledger.appended).extracting(Notification::key).containsExactly("k0", "k0");
    }
  }

  @Test
  void aDeleteThatLostItsReplyHasHappenedAndDoesNoHarmAgain() throws InterruptedException {
    send(10);
    try (InjectedFault fault = stack.inject(Fault.replyLost(deletes()).atMost(1));
        Intake intake = intake(10_000)) {
      assertThat(intake.takeUntil(Instant.now().plusSeconds(1), LIMIT)).isTrue();

      assertThat(fault.hits()).isEqualTo(1);
      assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
      assertThat(ledger.appended).hasSize(10);
    }
  }

  @Test
  void aMessageWhoseVisibilityExpiresWhileItIsRecordedIsDeleted() {
    makeVisibleAgainAfterSeconds(1);
    ledger.open = new CountDownLatch(1);
    send(1);
    try (Intake intake = intake(10_000)) {
      intake.start();
      await().until(() -> isReceivedTwice(intake));
      stack
          .sqs()
          .setQueueAttributes(
              r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30")));
      ledger.open.countDown();

      await().until(() -> queue.depth().equals(new QueueDepth(0, 0, 0)));
      assertThat(ledger.appended).extracting(Notification::key).containsOnly("k0");
      intake.throwIfFailed();
    }
  }

  @Test
  void theNewestReceiptOfAMessageDeletesIt() throws InterruptedException {
    ManifestQueue manifests = new ManifestQueue(List.of("first", "second"), 1);
    ledger.open = new CountDownLatch(1);
    try (Intake intake = intake(manifests, 1, 10_000)) {
      intake.start();
      await().until(() -> isReceivedTwice(intake));
      ledger.open.countDown();

      await().until(() -> !manifests.deleted.isEmpty());
      assertThat(manifests.deleted).containsExactly("second");
      assertThat(ledger.appended).hasSize(1);
    }
  }

  @Test
  void anAppendHasNoMoreThanOneLargeManifest() throws InterruptedException {
    int entries = NotificationDecoder.MAX_MANIFEST_ENTRIES;
    ManifestQueue manifests = new ManifestQueue(List.of("a", "b", "c"), entries);
    manifests.atOnce = 3;
    try (Intake intake = intake(manifests, 1, 10_000)) {
      intake.turn();
    }
    assertThat(ledger.appends).containsExactly(entries, entries, entries);
    assertThat(manifests.deleted).containsExactly("a", "b", "c");
  }

  @Test
  void goodBadAndForeignRecordsOfOneMessageGetTheirDueAndItIsDeleted() throws InterruptedException {
    List<S3Event> events =
        List.of(event(1), event(2).withSequencer("not hex"), event(3).withBucket("foreign"));
    String body = S3Events.body(Envelope.S3, events);
    stack.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));

    try (Intake intake = intake(10_000)) {
      assertThat(intake.takeUntil(Instant.now().plusSeconds(1), LIMIT)).isTrue();
      assertThat(intake.status().deleted()).isEqualTo(1);
    }
    assertThat(ledger.appended).extracting(Notification::key).containsExactly("k1");
    assertThat(ledger.rejected)
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo(body));
  }

  /** One message, which is in hand. */
  private static boolean isReceivedTwice(Intake intake) {
    return intake.status().received() >= 2 && intake.status().undurable() == 1;
  }

  private static RequestMatch deletes() {
    return RequestMatch.sqs("DeleteMessageBatch");
  }

  private void makeVisibleAgainAfterSeconds(int seconds) {
    stack
        .sqs()
        .setQueueAttributes(
            r ->
                r.queueUrl(url)
                    .attributes(
                        Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(seconds))));
  }

  private Intake intake(int maxUndurableMessages) {
    return intake(queue, 4, maxUndurableMessages);
  }

  private Intake intake(MessageQueue from, int pollers, int maxUndurableMessages) {
    return new Intake(
        from,
        new NotificationDecoder(ObjectFilter.ofBucket("lake"), new NoObjects()),
        ledger,
        new IntakeSettings(pollers, Duration.ofSeconds(1), maxUndurableMessages, 128L << 20),
        InstantSource.system());
  }

  private void send(int messages) {
    for (int from = 0; from < messages; from += 10) {
      List<SendMessageBatchRequestEntry> entries =
          IntStream.range(from, Math.min(messages, from + 10))
              .mapToObj(
                  i ->
                      SendMessageBatchRequestEntry.builder()
                          .id(Integer.toString(i))
                          .messageBody(S3Events.body(ENVELOPES.get(i % ENVELOPES.size()), event(i)))
                          .build())
              .toList();
      stack.sqs().sendMessageBatch(r -> r.queueUrl(url).entries(entries));
    }
  }

  private static S3Event event(int number) {
    return new S3Event(
        S3Event.PUT, Instant.now(), "us-east-1", "lake", "k" + number, 1L, "e", null, "00");
  }

  /**
   * Gives manifests: one for each handle, or, where they are given one by one, the same message
   * again under the next handle.
   */
  private static final class ManifestQueue implements MessageQueue {
    final List<String> deleted = new CopyOnWriteArrayList<>();
    private final List<String> handles;
    private final String body;
    int atOnce = 1;
    private int given;

    ManifestQueue(List<String> handles, int entries) {
      this.handles = handles;
      this.body =
          IntStream.range(0, entries)
              .mapToObj("{\"uri\":\"s3://lake/k%d\",\"size\":1,\"etag\":\"e\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public synchronized List<QueueMessage> receive(Duration wait) {
      if (given == handles.size()) {
        waitForNothing(wait);
      }
      int from = given;
      given = Math.min(handles.size(), from + atOnce);
      return IntStream.range(from, given).mapToObj(this::message).toList();
    }

    private static void waitForNothing(Duration limit) {
      try {
        boolean came = new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(came).isFalse();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private QueueMessage message(int number) {
      String id = atOnce == 1 ? "one" : "message " + number;
      return new QueueMessage(id, handles.get(number), body, Instant.now(), 1);
    }

    @Override
    public List<String> delete(List<String> receiptHandles) {
      deleted.addAll(receiptHandles);
      return List.of();
    }

    @Override
    public QueueDepth depth() {
      return new QueueDepth(0, 0, 0);
    }
  }

  private static final class FakeLedger implements Recorder {
    final List<Notification> appended = new CopyOnWriteArrayList<>();
    final List<Integer> appends = new CopyOnWriteArrayList<>();
    final List<RejectedMessage> rejected = new CopyOnWriteArrayList<>();
    volatile CountDownLatch open = new CountDownLatch(0);
    volatile @Nullable RuntimeException failure;

    @Override
    public AppendResult append(List<Notification> notifications) {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (failure != null) {
        throw failure;
      }
      appended.addAll(notifications);
      appends.add(notifications.size());
      return new AppendResult(notifications.size(), 0, 0);
    }

    @Override
    public void reject(List<RejectedMessage> messages) {
      rejected.addAll(messages);
    }
  }
}
