package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

class FaultsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final LocalStack stack = LocalStack.shared();
  private final StaticCredentialsProvider credentials =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(stack.accessKey(), stack.secretKey()));

  /** The stack's own clients try again, and so see no single fault. */
  private final S3Client s3 =
      S3Client.builder()
          .endpointOverride(stack.s3Endpoint())
          .region(Region.of(stack.region()))
          .credentialsProvider(credentials)
          .forcePathStyle(true)
          .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
          .build();

  private final SqsClient sqs =
      SqsClient.builder()
          .endpointOverride(stack.sqsEndpoint())
          .region(Region.of(stack.region()))
          .credentialsProvider(credentials)
          .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
          .build();

  private String bucket = "";

  @BeforeEach
  void createBucket() {
    bucket = stack.createBucket("faults");
  }

  @AfterEach
  void closeClients() {
    s3.close();
    sqs.close();
  }

  @Test
  void aStatusStrikesExactlyTheRequestsItIsPlacedOn() {
    try (InjectedFault fault =
        stack.inject(Fault.status(RequestMatch.s3("PUT", bucket), 503).skipping(1).atMost(1))) {
      put("first");

      assertThatThrownBy(() -> put("second"))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(503);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
              });

      put("third");
      assertThat(keys()).containsExactly("first", "third");
      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "404, NoSuchKey", "500, InternalError", "503, SlowDown"})
  void aStatusHasTheErrorCodeOfS3(int status, String code) {
    put("key");
    try (InjectedFault fault = stack.inject(Fault.status(RequestMatch.s3("GET", bucket), status))) {
      assertThatThrownBy(() -> s3.getObject(r -> r.bucket(bucket).key("key")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));

      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @Test
  void keysOutsideThePrefixAndBucketsOutsideTheMatchGoUnharmed() {
    String other = stack.createBucket("faults");
    RequestMatch match = RequestMatch.s3("PUT", bucket).withKeyPrefix("bad key/");
    try (InjectedFault fault = stack.inject(Fault.status(match, 403))) {
      put("good/1");
      s3.putObject(r -> r.bucket(other).key("bad key/1"), RequestBody.fromString("0123456789"));

      assertThatThrownBy(() -> put("bad key/1")).isInstanceOf(S3Exception.class);

      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @Test
  void aRequestCutBeforehandHasNoEffect() {
    try (InjectedFault fault = stack.inject(Fault.cutBefore(RequestMatch.s3("PUT", bucket)))) {
      assertThatThrownBy(() -> put("key")).isInstanceOf(SdkClientException.class);

      assertThat(keys()).isEmpty();
      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @Test
  void aConditionalWriteWhoseReplyIsLostHasHappened() {
    try (InjectedFault fault =
        stack.inject(Fault.replyLost(RequestMatch.s3("PUT", bucket)).atMost(1))) {
      assertThatThrownBy(() -> create("key")).isInstanceOf(SdkClientException.class);
      assertThatThrownBy(() -> create("key"))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));

      assertThat(keys()).containsExactly("key");
      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @Test
  void aShortBodyPromisesItsWholeLength() throws Exception {
    put("key");
    try (InjectedFault fault = stack.inject(Fault.shortBody(RequestMatch.s3("GET", bucket), 4));
        var object = s3.getObject(r -> r.bucket(bucket).key("key"))) {
      assertThat(object.response().contentLength()).isEqualTo(10);
      assertThat(text(object, 4)).isEqualTo("0123");

      assertThatThrownBy(object::read).isInstanceOf(IOException.class);

      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @Test
  void aStalledBodyGoesOnWhenTheFaultIsRemoved() throws Exception {
    put("key");
    InjectedFault fault = stack.inject(Fault.stall(RequestMatch.s3("GET", bucket), 4));
    try (var object = s3.getObject(r -> r.bucket(bucket).key("key"))) {
      fault.awaitHits(1, LIMIT);
      assertThat(text(object, 4)).isEqualTo("0123");
      CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> text(object));
      assertThat(rest).isNotDone();

      fault.close();

      assertThat(rest.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("456789");
    }
  }

  @Test
  void anAnswerWithoutABodyIsHeldBackUntilTheFaultIsRemoved() throws Exception {
    InjectedFault fault = stack.inject(Fault.stall(RequestMatch.s3("PUT", bucket), 0));
    CompletableFuture<Void> put = CompletableFuture.runAsync(() -> put("key"));
    fault.awaitHits(1, LIMIT);
    assertThat(put).isNotDone();

    fault.close();

    assertThat(put).succeedsWithin(LIMIT);
  }

  @Test
  void anActionOfSqsFailsAndOthersDoNot() {
    String queue = stack.createQueue("faults");
    stack.send(queue, "message");
    try (InjectedFault fault =
        stack.inject(Fault.status(RequestMatch.sqs("ReceiveMessage"), 500).atMost(1))) {
      assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(queue)))
          .isInstanceOfSatisfying(
              SqsException.class, e -> assertThat(e.statusCode()).isEqualTo(500));

      assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages()).hasSize(1);
      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  @Test
  void eachSecondEntryOfADeletionFailsAndItsMessageComesAgain() {
    String queue = stack.createQueue("faults");
    List.of("1", "2", "3", "4", "5").forEach(body -> stack.send(queue, body));
    List<Message> received = received(queue, 1);
    assertThat(received).hasSize(5);
    try (InjectedFault fault =
        stack.inject(Fault.entriesFail(RequestMatch.sqs("DeleteMessageBatch"), 2).atMost(1))) {
      DeleteMessageBatchResponse answer = deleteAll(queue, received);

      assertThat(answer.successful()).extracting(e -> e.id()).containsExactly("0", "2", "4");
      assertThat(answer.failed()).extracting(e -> e.id()).containsExactly("1", "3");
      assertThat(answer.failed()).allMatch(e -> e.code().equals("InternalError"));
      assertThat(fault.hits()).isEqualTo(1);
    }

    List<String> again = received(queue, 30).stream().map(Message::body).toList();
    assertThat(again).containsExactlyInAnyOrder(received.get(1).body(), received.get(3).body());
  }

  @Test
  void allEntriesOfADeletionCanFail() {
    String queue = stack.createQueue("faults");
    stack.send(queue, "message");
    List<Message> received = received(queue, 30);
    try (InjectedFault fault =
        stack.inject(Fault.entriesFail(RequestMatch.sqs("DeleteMessageBatch"), 1).atMost(1))) {
      DeleteMessageBatchResponse answer = deleteAll(queue, received);

      assertThat(answer.successful()).isEmpty();
      assertThat(answer.failed()).hasSize(1);
      assertThat(fault.hits()).isEqualTo(1);
    }
    assertThat(deleteAll(queue, received).successful()).hasSize(1);
  }

  @Test
  void aMessageWhoseDeletionLostItsReplyIsGone() {
    String queue = stack.createQueue("faults");
    stack.send(queue, "message");
    String handle =
        sqs.receiveMessage(r -> r.queueUrl(queue).visibilityTimeout(1))
            .messages()
            .get(0)
            .receiptHandle();
    try (InjectedFault fault =
        stack.inject(Fault.replyLost(RequestMatch.sqs("DeleteMessage")).atMost(1))) {
      assertThatThrownBy(() -> sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(handle)))
          .isInstanceOf(SdkClientException.class);

      assertThat(fault.hits()).isEqualTo(1);
    }
    assertThat(sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(2)).messages()).isEmpty();
  }

  @Test
  void aCounterCountsWhatMatchesFromItsStart() {
    put("before");
    try (RequestCounter all = stack.count(RequestMatch.s3(bucket));
        RequestCounter some = stack.count(RequestMatch.s3("PUT", bucket).withKeyPrefix("a/"))) {
      put("a/1");
      put("b/1");
      assertThat(keys()).hasSize(3);

      assertThat(all.byOperation()).isEqualTo(Map.of("PUT", 2L, "GET", 1L));
      assertThat(all.total()).isEqualTo(3);
      assertThat(some.total()).isEqualTo(1);
    }
  }

  /** All visible messages of a queue; waits for the first up to a poll's time. */
  private List<Message> received(String queue, int visibilitySeconds) {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(queue)
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(visibilitySeconds)
                    .waitTimeSeconds(5))
        .messages();
  }

  private DeleteMessageBatchResponse deleteAll(String queue, List<Message> messages) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : messages) {
      String id = Integer.toString(entries.size());
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(id)
              .receiptHandle(message.receiptHandle())
              .build());
    }
    return sqs.deleteMessageBatch(r -> r.queueUrl(queue).entries(entries));
  }

  private void put(String key) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("0123456789"));
  }

  private void create(String key) {
    s3.putObject(
        r -> r.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString("0123456789"));
  }

  private List<String> keys() {
    return s3.listObjectsV2(r -> r.bucket(bucket)).contents().stream().map(o -> o.key()).toList();
  }

  private static String text(InputStream input) {
    try {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads no further, not even nothing: at a break the client's stream fails at that already. */
  private static String text(InputStream input, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = input.readNBytes(bytes, 0, length);
    return new String(bytes, 0, read, StandardCharsets.UTF_8);
  }
}
