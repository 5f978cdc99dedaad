package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.LocalStack;
import io.millrace.queue.QueueException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;

class SqsQueueTest {
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final LocalStack stack = LocalStack.shared();

  @Test
  void aMessageIsReceivedWithItsTimeAndCountAndDeleted() {
    String url = stack.createQueue("queue");
    MessageQueue queue = new SqsQueue(stack.sqs(), url);
    stack.sqs().sendMessage(r -> r.queueUrl(url).messageBody("body"));

    QueueMessage message = queue.receive(WAIT).get(0);

    assertThat(message.body()).isEqualTo("body");
    assertThat(message.receiveCount()).isOne();
    assertThat(message.sentAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 0));
    assertThat(queue.delete(List.of(message.receiptHandle()))).isEmpty();
    assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
  }

  @Test
  void aQueueThatIsGoneIsTold() {
    MessageQueue queue = new SqsQueue(stack.sqs(), stack.sqsEndpoint() + "/000000000000/none");
    assertThatThrownBy(() -> queue.receive(WAIT))
        .isInstanceOfSatisfying(
            QueueException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUEUE_GONE))
        .hasMessageContaining("(queue-gone)");
  }

  @Test
  void whatABatchLeavesIsTriedAgain() {
    OneAtATime client = new OneAtATime();
    MessageQueue queue = new SqsQueue(client, "http://127.0.0.1/queue");

    assertThat(queue.delete(List.of("a", "b", "c", "d", "e"))).containsExactly("d", "e");
    assertThat(client.calls).isEqualTo(SqsQueue.DELETE_TRIES);
    assertThat(queue.delete(List.of("d", "e"))).isEmpty();
  }

  /** Deletes the first message of each batch only. */
  private static final class OneAtATime implements SqsClient {
    int calls;

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
      calls++;
      String id = request.entries().get(0).id();
      return DeleteMessageBatchResponse.builder()
          .successful(DeleteMessageBatchResultEntry.builder().id(id).build())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
