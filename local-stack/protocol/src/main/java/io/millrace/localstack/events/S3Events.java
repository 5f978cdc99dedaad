package io.millrace.localstack.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of SQS messages with S3 events, field for field as AWS documents them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3
 *     event message structure</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event message structure</a>
 */
public final class S3Events {
  /** The account that owns all buckets and topics. */
  public static final String ACCOUNT = "000000000000";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String REQUESTER = "AIDAJDPLRKLG7UEXAMPLE";
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private S3Events() {}

  /**
   * The body of the message that carries {@code events}, in this order.
   *
   * @throws IllegalArgumentException when there are several and the way goes over EventBridge,
   *     which sends one event a message
   */
  public static String body(Envelope envelope, List<S3Event> events) {
    return switch (envelope) {
      case S3 -> text(records(events));
      case SNS -> text(sns("Amazon S3 Notification", records(events), region(events)));
      case EVENTBRIDGE -> text(eventBridge(only(events)));
      case SNS_EVENTBRIDGE -> text(sns(null, eventBridge(only(events)), region(events)));
    };
  }

  /** {@link #body(Envelope, List)} of one event. */
  public static String body(Envelope envelope, S3Event event) {
    return body(envelope, List.of(event));
  }

  /** What S3 sends once when a notification is configured, which has no {@code Records}. */
  public static String testEvent(String bucket) {
    ObjectNode test = JSON.createObjectNode();
    test.put("Service", "Amazon S3");
    test.put("Event", "s3:TestEvent");
    test.put("Time", MILLISECONDS.format(Instant.now()));
    test.put("Bucket", bucket);
    test.put("RequestId", requestId());
    test.put("HostId", hostId());
    return text(test);
  }

  /** Any text as SNS would deliver it to a queue without raw delivery. */
  public static String wrappedBySns(String message) {
    return text(sns(null, message, "us-east-1"));
  }

  /** A key as direct S3 events write it: form-encoded, but for slashes. */
  public static String formEncoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }

  private static ObjectNode records(List<S3Event> events) {
    ObjectNode message = JSON.createObjectNode();
    var records = message.putArray("Records");
    for (S3Event event : events) {
      records.add(record(event));
    }
    return message;
  }

  private static ObjectNode record(S3Event event) {
    ObjectNode record = JSON.createObjectNode();
    record.put("eventVersion", "2.1");
    record.put("eventSource", "aws:s3");
    record.put("awsRegion", event.region());
    record.put("eventTime", MILLISECONDS.format(event.eventTime()));
    record.put("eventName", event.eventName());
    record.putObject("userIdentity").put("principalId", "AWS:" + REQUESTER);
    record.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    record
        .putObject("responseElements")
        .put("x-amz-request-id", requestId())
        .put("x-amz-id-2", hostId());
    ObjectNode s3 = record.putObject("s3");
    s3.put("s3SchemaVersion", "1.0");
    s3.put("configurationId", "local-stack");
    ObjectNode bucket = s3.putObject("bucket");
    bucket.put("name", event.bucket());
    bucket.putObject("ownerIdentity").put("principalId", "A3NL1KOZZKEXAMPLE");
    bucket.put("arn", "arn:aws:s3:::" + event.bucket());
    ObjectNode object = s3.putObject("object");
    object.put("key", formEncoded(event.key()));
    describe(object, event, "eTag", "versionId");
    return record;
  }

  private static ObjectNode eventBridge(S3Event event) {
    boolean created = event.eventName().startsWith("ObjectCreated:");
    ObjectNode message = JSON.createObjectNode();
    message.put("version", "0");
    message.put("id", UUID.randomUUID().toString());
    message.put("detail-type", created ? "Object Created" : "Object Deleted");
    message.put("source", "aws.s3");
    message.put("account", ACCOUNT);
    message.put("time", event.eventTime().truncatedTo(ChronoUnit.SECONDS).toString());
    message.put("region", event.region());
    message.putArray("resources").add("arn:aws:s3:::" + event.bucket());
    ObjectNode detail = message.putObject("detail");
    detail.put("version", "0");
    detail.putObject("bucket").put("name", event.bucket());
    ObjectNode object = detail.putObject("object");
    object.put("key", event.key());
    describe(object, event, "etag", "version-id");
    detail.put("request-id", requestId());
    detail.put("requester", ACCOUNT);
    detail.put("source-ip-address", "127.0.0.1");
    detail.put("reason", reason(event.eventName()));
    if (!created) {
      detail.put(
          "deletion-type",
          event.eventName().equals(S3Event.DELETE_MARKER_CREATED)
              ? "Delete Marker Created"
              : "Permanently Deleted");
    }
    return message;
  }

  private static String reason(String eventName) {
    return switch (eventName) {
      case S3Event.PUT -> "PutObject";
      case S3Event.COPY -> "CopyObject";
      case S3Event.DELETE, S3Event.DELETE_MARKER_CREATED -> "DeleteObject";
      default -> eventName.substring(eventName.indexOf(':') + 1);
    };
  }

  private static void describe(ObjectNode object, S3Event event, String eTag, String versionId) {
    if (event.size() != null) {
      object.put("size", event.size());
    }
    if (event.eTag() != null) {
      object.put(eTag, event.eTag());
    }
    if (event.versionId() != null) {
      object.put(versionId, event.versionId());
    }
    object.put("sequencer", event.sequencer());
  }

  private static ObjectNode sns(@Nullable String subject, ObjectNode message, String region) {
    return sns(subject, text(message), region);
  }

  private static ObjectNode sns(@Nullable String subject, String message, String region) {
    String topic = "arn:aws:sns:" + region + ":" + ACCOUNT + ":local-stack";
    String service = "https://sns." + region + ".amazonaws.com/";
    ObjectNode notification = JSON.createObjectNode();
    notification.put("Type", "Notification");
    notification.put("MessageId", UUID.randomUUID().toString());
    notification.put("TopicArn", topic);
    if (subject != null) {
      notification.put("Subject", subject);
    }
    notification.put("Message", message);
    notification.put("Timestamp", MILLISECONDS.format(Instant.now()));
    notification.put("SignatureVersion", "1");
    notification.put("Signature", "RVhBTVBMRQ==");
    notification.put("SigningCertURL", service + "SimpleNotificationService-0.pem");
    notification.put(
        "UnsubscribeURL",
        service + "?Action=Unsubscribe&SubscriptionArn=" + topic + ":" + UUID.randomUUID());
    return notification;
  }

  private static S3Event only(List<S3Event> events) {
    if (events.size() != 1) {
      throw new IllegalArgumentException(
          "EventBridge sends one event a message, not " + events.size());
    }
    return events.get(0);
  }

  private static String region(List<S3Event> events) {
    return events.isEmpty() ? "us-east-1" : events.get(0).region();
  }

  private static String requestId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
  }

  private static String hostId() {
    return UUID.randomUUID().toString().replace("-", "") + "EXAMPLE=";
  }

  private static String text(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
    }
  }
}
