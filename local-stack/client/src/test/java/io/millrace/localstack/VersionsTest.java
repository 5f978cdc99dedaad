package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.localstack.events.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.Message;

class VersionsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalStack stack = LocalStack.shared();
  private String bucket = "";

  @BeforeEach
  void createBucket() {
    bucket = stack.createVersionedBucket("versions");
  }

  @Test
  void aVersionIsReadAfterItWasOverwrittenAndAfterItsKeyWasDeleted() {
    PutObjectResponse first = put("a key", "first");
    PutObjectResponse second = put("a key", "the second");

    assertThat(first.versionId()).isNotEmpty().isNotEqualTo(second.versionId());
    assertThat(text("a key", first.versionId())).isEqualTo("first");
    assertThat(text("a key", second.versionId())).isEqualTo("the second");
    assertThat(text("a key", null)).isEqualTo("the second");

    String marker = stack.s3().deleteObject(r -> r.bucket(bucket).key("a key")).versionId();

    assertThat(marker).isNotEmpty();
    assertThatThrownBy(() -> text("a key", null)).isInstanceOf(NoSuchKeyException.class);
    assertThat(text("a key", first.versionId())).isEqualTo("first");
    assertThat(text("a key", second.versionId())).isEqualTo("the second");
    stack.s3().deleteObject(r -> r.bucket(bucket).key("a key").versionId(marker));
    assertThat(text("a key", null)).isEqualTo("the second");
  }

  @Test
  void headAndRangesAreOfTheVersionThatIsNamed() {
    PutObjectResponse first = put("key", "0123456789");
    put("key", "other");

    var head = stack.s3().headObject(r -> r.bucket(bucket).key("key").versionId(first.versionId()));
    var range =
        stack
            .s3()
            .getObjectAsBytes(
                r ->
                    r.bucket(bucket)
                        .key("key")
                        .versionId(first.versionId())
                        .ifMatch(first.eTag())
                        .range("bytes=4-6"));

    assertThat(head.contentLength()).isEqualTo(10);
    assertThat(head.eTag()).isEqualTo(first.eTag());
    assertThat(head.versionId()).isEqualTo(first.versionId());
    assertThat(range.asUtf8String()).isEqualTo("456");
    assertThat(range.response().versionId()).isEqualTo(first.versionId());
  }

  @Test
  void aVersionThatIsDeletedForGoodIsGone() {
    PutObjectResponse first = put("key", "first");
    put("key", "second");

    stack.s3().deleteObject(r -> r.bucket(bucket).key("key").versionId(first.versionId()));

    assertThatThrownBy(() -> text("key", first.versionId()))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    assertThat(text("key", null)).isEqualTo("second");
  }

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void eachWayOfAnEventCarriesTheVersion(Envelope envelope) throws Exception {
    String queue = stack.createQueue("versions");
    stack.notifyOn(bucket, queue, envelope);

    String put = put("key", "12345").versionId();
    assertThat(versionOfEvent(queue)).isEqualTo(put);

    String copy =
        stack
            .s3()
            .copyObject(
                r ->
                    r.sourceBucket(bucket)
                        .sourceKey("key")
                        .sourceVersionId(put)
                        .destinationBucket(bucket)
                        .destinationKey("copy"))
            .versionId();
    assertThat(copy).isNotEmpty().isNotEqualTo(put);
    assertThat(versionOfEvent(queue)).isEqualTo(copy);

    String upload = uploadInParts("key");
    assertThat(upload).isNotEmpty().isNotEqualTo(put);
    assertThat(versionOfEvent(queue)).isEqualTo(upload);
    assertThat(text("key", put)).isEqualTo("12345");

    String marker = stack.s3().deleteObject(r -> r.bucket(bucket).key("key")).versionId();
    JsonNode event = event(queue);
    assertThat(event.toString()).contains(marker).containsIgnoringCase("marker");
  }

  @Test
  void aBucketIsNotVersionedUnlessAskedFor() {
    bucket = stack.createBucket("versions");

    assertThat(put("key", "12345").versionId()).isNull();
    assertThat(stack.s3().getBucketVersioning(r -> r.bucket(bucket)).status()).isNull();
  }

  private String uploadInParts(String key) {
    String upload = stack.s3().createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    String part =
        stack
            .s3()
            .uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("123"))
            .eTag();
    CompletedPart completed = CompletedPart.builder().partNumber(1).eTag(part).build();
    return stack
        .s3()
        .completeMultipartUpload(
            r ->
                r.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(completed)))
        .versionId();
  }

  private PutObjectResponse put(String key, String content) {
    return stack.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content));
  }

  private String text(String key, @Nullable String version) {
    return stack
        .s3()
        .getObjectAsBytes(r -> r.bucket(bucket).key(key).versionId(version))
        .asUtf8String();
  }

  private String versionOfEvent(String queue) throws Exception {
    JsonNode event = event(queue);
    return event.has("Records")
        ? event.at("/Records/0/s3/object/versionId").asText()
        : event.at("/detail/object/version-id").asText();
  }

  /** The only message's event, unwrapped from what SNS put around it. */
  private JsonNode event(String queue) throws Exception {
    List<Message> messages =
        stack.sqs().receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages();
    assertThat(messages).hasSize(1);
    JsonNode body = JSON.readTree(messages.get(0).body());
    return body.has("Message") ? JSON.readTree(body.required("Message").asText()) : body;
  }
}
