package io.millrace.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Turns the body of a queue message into notifications, whatever envelope it came in.
 *
 * <p>What a message is, its content tells: {@code Records} is S3's own, {@code Type} with {@code
 * Message} is SNS's, {@code detail-type} is EventBridge's, a list or {@code manifest} is a
 * manifest. The forms are in {@code docs/reference/notifications.md}.
 */
public final class NotificationDecoder {
  /** As many characters as a message of SQS can have bytes. */
  public static final int MAX_BODY_CHARS = 1 << 20;

  /** How many envelopes of SNS may be around each other. */
  public static final int MAX_WRAPPINGS = 4;

  /** How deep the JSON of a message may be; S3's has five levels. */
  public static final int MAX_JSON_DEPTH = 32;

  /** How many digits a number may have; a size has 15 at most. */
  public static final int MAX_NUMBER_CHARS = 32;

  /** How large a manifest may be to which a message refers. */
  public static final int MAX_MANIFEST_BYTES = 8 << 20;

  /** How many entries a manifest may have, since each may cost a request. */
  public static final int MAX_MANIFEST_ENTRIES = 10_000;

  /** How many reasons a person gets of one message; all are counted. */
  public static final int MAX_REASONS = 10;

  /** How far an event's time may be ahead of its message's, by two clocks of AWS. */
  public static final Duration MAX_EVENT_AHEAD = Duration.ofDays(1);

  private final ObjectFilter filter;
  private final Manifests manifests;
  private final ObjectReader json;

  public NotificationDecoder(ObjectFilter filter, ManifestReader s3) {
    this.filter = filter;
    this.manifests = new Manifests(s3);
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_JSON_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARS)
                            .maxStringLength(MAX_BODY_CHARS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);
  }

  /**
   * Decodes one message.
   *
   * @param sentAt the queue's time of the message, which stands for what a manifest does not say
   */
  public DecodedMessage decode(String body, Instant sentAt) {
    DecodedRecords decoded = new DecodedRecords(filter);
    try {
      if (body.length() > MAX_BODY_CHARS) {
        throw new MalformedRecordException("the message has more characters than SQS allows");
      }
      read(parse(body), sentAt, decoded);
    } catch (MalformedRecordException e) {
      decoded.reject("", e);
    } catch (ManifestUnavailableException e) {
      decoded.postpone(e.getMessage());
    }
    return decoded.finish();
  }

  private void read(JsonNode body, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    JsonNode message = unwrap(body);
    if (message.isArray()) {
      manifests.readAll(message, sentAt, decoded);
    } else if (message.has("Records")) {
      EventRecords.readAll(message.get("Records"), sentAt, decoded);
    } else if (message.path("Event").asText().equals("s3:TestEvent")) {
      decoded.ignore(IgnoredReason.TEST_EVENT);
    } else if (message.has("detail-type")) {
      EventRecords.readEventBridge(new Fields(message), sentAt, decoded);
    } else if (message.has("manifest")) {
      byte[] manifest = manifests.fetch(new Fields(message).text("/manifest"), decoded);
      manifests.readAll(parse(manifest), sentAt, decoded);
    } else {
      throw new MalformedRecordException(
          RejectedReason.UNKNOWN_FORM, "the message is of no known form");
    }
  }

  private JsonNode unwrap(JsonNode body) throws MalformedRecordException {
    JsonNode message = body;
    for (int wrappings = 0; message.has("Type") && message.has("Message"); wrappings++) {
      Fields fields = new Fields(message);
      if (!fields.text("/Type").equals("Notification")) {
        throw new MalformedRecordException("/Type is not Notification");
      }
      if (wrappings == MAX_WRAPPINGS) {
        throw new MalformedRecordException(
            "the message has more than " + MAX_WRAPPINGS + " envelopes of SNS around it");
      }
      message = parse(fields.text("/Message"));
    }
    return message;
  }

  private JsonNode parse(String text) throws MalformedRecordException {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
  }

  private JsonNode parse(byte[] bytes) throws MalformedRecordException {
    try {
      return json.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) { // of a CharConversionException's kind
      throw new MalformedRecordException(
          RejectedReason.NOT_JSON, "not JSON within the limits: in no encoding that JSON has");
    }
  }

  /** Without Jackson's own words, which quote the message. */
  private static MalformedRecordException notJson(JsonProcessingException cause) {
    var at = cause.getLocation();
    return new MalformedRecordException(
        RejectedReason.NOT_JSON,
        at == null
            ? "not JSON within the limits"
            : "not JSON within the limits, at line "
                + at.getLineNr()
                + ", column "
                + at.getColumnNr());
  }
}
