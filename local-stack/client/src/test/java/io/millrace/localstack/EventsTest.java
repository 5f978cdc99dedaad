package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.localstack.events.Envelope;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.Message;

class EventsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalStack stack = LocalStack.shared();
  private String bucket = "";
  private String queue = "";

  @BeforeEach
  void createBucketAndQueue() {
    bucket = stack.createBucket("events");
    queue = stack.createQueue("events");
  }

  @Test
  void aPutSendsAnS3EventWithAFormEncodedKey() throws Exception {
    stack.notifyOn(bucket, queue, Envelope.S3);

    String eTag = put("red flower+ü.json", "12345");

    JsonNode record = onlyMessage().required("Records").get(0);
    assertThat(record.required("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(record.at("/s3/bucket/name").asText()).isEqualTo(bucket);
    assertThat(record.at("/s3/object/key").asText()).isEqualTo("red+flower%2B%C3%BC.json");
    assertThat(record.at("/s3/object/size").asLong()).isEqualTo(5);
    assertThat(record.at("/s3/object/eTag").asText()).isEqualTo(eTag);
    assertThat(record.at("/s3/object/sequencer").asText()).matches("[0-9A-F]{18}");
  }

  @Test
  void aBucketIsConfiguredAsS3sAre() throws Exception {
    String name = queue.substring(queue.lastIndexOf('/') + 1);
    configure("arn:aws:sqs:us-east-1:000000000000:" + name, "in/");

    assertThat(onlyMessage().required("Event").asText()).isEqualTo("s3:TestEvent");
    put("out/1", "12345");
    put("in/1", "12345");
    assertThat(onlyMessage().at("/Records/0/s3/object/key").asText()).isEqualTo("in/1");

    stack
        .s3()
        .putBucketNotificationConfiguration(
            r -> r.bucket(bucket).notificationConfiguration(c -> {}));
    put("in/2", "12345");
    assertThat(stack.sqs().receiveMessage(r -> r.queueUrl(queue)).messages()).isEmpty();
  }

  @Test
  void aQueueThatIsNotThereIsRefusedForABucket() {
    assertThatThrownBy(() -> configure("arn:aws:sqs:us-east-1:000000000000:nowhere", ""))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("nowhere");
  }

  private void configure(String queueArn, String prefix) {
    FilterRule rule = FilterRule.builder().name("prefix").value(prefix).build();
    QueueConfiguration settings =
        QueueConfiguration.builder()
            .queueArn(queueArn)
            .events(Event.S3_OBJECT_CREATED)
            .filter(f -> f.key(k -> k.filterRules(List.of(rule))))
            .build();
    stack
        .s3()
        .putBucketNotificationConfiguration(
            r ->
                r.bucket(bucket)
                    .notificationConfiguration(c -> c.queueConfigurations(List.of(settings))));
  }

  @Test
  void copiesUploadsInPartsAndRemovalsSendEventsToo() throws Exception {
    put("source", "12345");
    stack.notifyOn(bucket, queue, Envelope.S3);

    stack
        .s3()
        .copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey("source")
                    .destinationBucket(bucket)
                    .destinationKey("copy"));
    assertThat(eventName()).isEqualTo("ObjectCreated:Copy");

    String upload = stack.s3().createMultipartUpload(r -> r.bucket(bucket).key("parts")).uploadId();
    String part =
        stack
            .s3()
            .uploadPart(
                r -> r.bucket(bucket).key("parts").uploadId(upload).partNumber(1),
                RequestBody.fromString("12345"))
            .eTag();
    stack
        .s3()
        .completeMultipartUpload(
            r ->
                r.bucket(bucket)
                    .key("parts")
                    .uploadId(upload)
                    .multipartUpload(
                        m -> m.parts(CompletedPart.builder().partNumber(1).eTag(part).build())));
    assertThat(eventName()).isEqualTo("ObjectCreated:CompleteMultipartUpload");

    stack.s3().deleteObject(r -> r.bucket(bucket).key("source"));
    assertThat(eventName()).isEqualTo("ObjectRemoved:Delete");
  }

  private String eventName() throws Exception {
    return onlyMessage().required("Records").get(0).required("eventName").asText();
  }

  private String put(String key, String content) {
    return stack
        .s3()
        .putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content))
        .eTag()
        .replace("\"", "");
  }

  private JsonNode onlyMessage() throws Exception {
    List<Message> messages =
        stack.sqs().receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages();
    assertThat(messages).hasSize(1);
    return JSON.readTree(messages.get(0).body());
  }
}
