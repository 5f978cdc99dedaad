package io.millrace.queue;

import io.millrace.queue.QueueException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** A queue of SQS. */
public final class SqsQueue implements MessageQueue {
  /** How often a delete is tried for what an earlier try left. */
  public static final int DELETE_TRIES = 3;

  private static final Set<String> ACCESS_CODES =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "InvalidClientTokenId",
          "InvalidSecurity",
          "SignatureDoesNotMatch");

  private final SqsClient client;
  private final String url;

  /** A queue by its URL; the client stays the caller's to close. */
  public SqsQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  @Override
  public List<QueueMessage> receive(Duration wait) {
    return call(
        "receive from",
        () ->
            client
                .receiveMessage(
                    r ->
                        r.queueUrl(url)
                            .maxNumberOfMessages(MAX_BATCH)
                            .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                            .messageSystemAttributeNames(
                                MessageSystemAttributeName.SENT_TIMESTAMP,
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages()
                .stream()
                .map(SqsQueue::message)
                .toList());
  }

  @Override
  public List<String> delete(List<String> receiptHandles) {
    List<String> left = receiptHandles;
    for (int i = 0; i < DELETE_TRIES && !left.isEmpty(); i++) {
      left = deleteOnce(left);
    }
    return left;
  }

  @Override
  public QueueDepth depth() {
    Map<QueueAttributeName, String> counts =
        call(
            "count the messages of",
            () ->
                client
                    .getQueueAttributes(
                        r ->
                            r.queueUrl(url)
                                .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                    .attributes());
    return new QueueDepth(
        count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }

  /** Those that are not told to be deleted count as left. */
  private List<String> deleteOnce(List<String> handles) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, handles.size())
            .mapToObj(
                i ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(handles.get(i))
                        .build())
            .toList();
    List<DeleteMessageBatchResultEntry> deleted =
        call(
            "delete from",
            () -> client.deleteMessageBatch(r -> r.queueUrl(url).entries(entries)).successful());
    List<String> left = new ArrayList<>(handles);
    deleted.forEach(entry -> left.remove(handles.get(Integer.parseInt(entry.id()))));
    return left;
  }

  private <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      Kind kind = kind(e);
      throw new QueueException(
          kind, "cannot " + what + " the queue " + url + " (" + kind.label() + ")", e);
    }
  }

  private static Kind kind(SdkException exception) {
    if (exception instanceof QueueDoesNotExistException) {
      return Kind.QUEUE_GONE;
    }
    if (exception instanceof AwsServiceException service) {
      if (service.isThrottlingException()) {
        return Kind.THROTTLED;
      }
      var details = service.awsErrorDetails();
      if (service.statusCode() == 403
          || (details != null && ACCESS_CODES.contains(details.errorCode()))) {
        return Kind.ACCESS_DENIED;
      }
    }
    return Kind.UNAVAILABLE;
  }

  private static QueueMessage message(Message message) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    return new QueueMessage(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        Instant.ofEpochMilli(
            Long.parseLong(attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP))),
        Integer.parseInt(attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)));
  }

  private static long count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
    return Long.parseLong(counts.getOrDefault(name, "0"));
  }
}
