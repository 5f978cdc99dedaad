package io.millrace.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import io.millrace.notification.ManifestReader.Denied;
import io.millrace.notification.ManifestReader.Description;
import io.millrace.notification.ManifestReader.Missing;
import io.millrace.notification.ManifestReader.Refused;
import io.millrace.notification.ManifestReader.Unavailable;
import io.millrace.notification.Notification.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationDecoderTest {
  private static final Instant CREATED = Instant.parse("2026-05-04T03:02:01Z");
  private static final Instant SENT = Instant.parse("2026-05-04T03:02:05Z");
  private static final S3Event EVENT =
      new S3Event(
          S3Event.COMPLETE_MULTIPART_UPLOAD,
          CREATED,
          "us-east-1",
          "lake",
          "in/a.json",
          4_000_000_000L,
          "0123-7",
          "v1",
          "0055AED6DCD90281E5");
  private static final List<String> KEYS =
      List.of(
          "a b",
          "a+b",
          "a%2Bb",
          "100%",
          "date=2026-05-04/x",
          "a:b",
          "a#b",
          "a?b",
          "../a/./b",
          "a//b",
          "a\nb",
          "\"a'b\\",
          "🌊/ü.json",
          "é".repeat(512),
          "x".repeat(300) + "/y");

  private final FakeS3 s3 = new FakeS3();
  private final NotificationDecoder decoder =
      new NotificationDecoder(ObjectFilter.ofBucket("lake"), s3);

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void theVersionOfABucketThatKeepsNoneIsNoIdentity(Envelope envelope) {
    S3Event unversioned =
        new S3Event(
            S3Event.PUT, CREATED, "us-east-1", "lake", "in/a.json", 7L, "0123", "null", "0055");

    assertThat(decode(S3Events.body(envelope, unversioned)).notifications())
        .extracting(Notification::versionId, Notification::etag)
        .containsExactly(tuple(null, "0123"));
  }

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void everyEnvelopeGivesTheSameNotification(Envelope envelope) {
    assertThat(decode(S3Events.body(envelope, EVENT)).notifications())
        .containsExactly(
            new Notification(
                "lake",
                "in/a.json",
                "v1",
                "0123-7",
                "0055AED6DCD90281E5",
                4_000_000_000L,
                CREATED,
                Origin.EVENT));
  }

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void keysOfEveryFormArriveAsTheyWere(Envelope envelope) {
    for (String key : KEYS) {
      assertThat(decode(S3Events.body(envelope, EVENT.withKey(key))).notifications())
          .extracting(Notification::key)
          .containsExactly(key);
    }
  }

  @Test
  void goodBadAndForeignRecordsOfOneMessageGetTheirDue() {
    String body =
        S3Events.body(
            Envelope.SNS,
            List.of(
                EVENT,
                EVENT.withSequencer("not hex"),
                EVENT.withBucket("foreign\nbucket"),
                EVENT.withKey("in/b.json")));

    DecodedMessage decoded = decode(body);

    assertThat(decoded.notifications())
        .extracting(Notification::key)
        .containsExactly("in/a.json", "in/b.json");
    assertThat(decoded.rejections())
        .containsExactly(
            "record 2: /s3/object/sequencer is not hexadecimal",
            "record 3: the bucket \"foreign?bucket\" is not one that the stream may read");
  }

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void removalsAreIgnored(Envelope envelope) {
    for (String name : List.of(S3Event.DELETE, S3Event.DELETE_MARKER_CREATED)) {
      assertIgnored(
          S3Events.body(envelope, EVENT.withEventName(name)), IgnoredReason.OBJECT_REMOVED);
    }
  }

  @Test
  void whatIsNoneOfTheStreamsBusinessIsIgnoredByReason() {
    String test = S3Events.testEvent("lake");
    assertIgnored(test, IgnoredReason.TEST_EVENT);
    assertIgnored(S3Events.wrappedBySns(test), IgnoredReason.TEST_EVENT);
    assertIgnored(body(EVENT.withEventName("ObjectTagging:Put")), IgnoredReason.OTHER_EVENT);
    assertIgnored(body(EVENT.withKey("in/")), IgnoredReason.FOLDER_KEY);
    assertIgnored(
        body(EVENT).replace("\"size\":4000000000", "\"size\":0"), IgnoredReason.EMPTY_OBJECT);
  }

  @Test
  void keysOutsideTheFilterAreIgnored() {
    var filter = new ObjectFilter(Set.of("lake"), List.of("in/", "also/"), List.of(".json"));
    var filtering = new NotificationDecoder(filter, s3);
    for (String key : List.of("out/a.json", "in/a.csv")) {
      assertThat(filtering.decode(body(EVENT.withKey(key)), SENT).ignored())
          .isEqualTo(Map.of(IgnoredReason.FILTERED_KEY, 1));
    }
    assertThat(filtering.decode(body(EVENT.withKey("also/a.json")), SENT).notifications())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "\"text\"",
        "{",
        "{} {}",
        "{\"a\":1,\"a\":1}",
        "{\"Records\":[]}",
        "{\"Records\":{}}",
        "{\"Records\":[7]}",
        "{\"Records\":[{\"eventVersion\":\"3.0\"}]}",
        "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"x\"}",
        "{\"Type\":\"Notification\",\"Message\":7}",
        "{\"detail-type\":\"Object Created\",\"source\":\"me\"}",
        "[]",
        "[\"https://lake/a\"]",
        "[\"s3://foreign/a\"]",
        "{\"manifest\":\"s3://foreign/list\"}",
        "{\"manifest\":\"s3://lake/none\"}"
      })
  void whatIsNotUnderstoodIsRejectedOnce(String body) {
    DecodedMessage decoded = decode(body);
    assertThat(decoded.rejections()).hasSize(1);
    assertThat(decoded.notifications()).isEmpty();
    assertThat(decoded.ignored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"eventVersion", "eventName", "eventTime", "key", "size", "sequencer", "name"})
  void aRecordWithoutAFieldThatCountsIsRejected(String field) {
    String body = body(EVENT).replace("\"" + field + "\":", "\"other\":");
    assertThat(decode(body).rejections()).singleElement().asString().contains(field);
  }

  @Test
  void limitsHold() {
    String wrapped = body(EVENT);
    for (int i = 0; i < NotificationDecoder.MAX_WRAPPINGS; i++) {
      wrapped = S3Events.wrappedBySns(wrapped);
    }
    assertThat(decode(wrapped).notifications()).hasSize(1);
    assertThat(decode(S3Events.wrappedBySns(wrapped)).rejections()).hasSize(1);
    assertThat(decode(body(EVENT.withKey("x".repeat(Keys.MAX_BYTES + 1)))).rejections())
        .containsExactly("record 1: the key has 1025 bytes, more than S3's 1024");
    assertThat(decode("[".repeat(100_000)).rejections()).hasSize(1);
    assertThat(decode(" ".repeat(NotificationDecoder.MAX_BODY_CHARS + 1)).rejections()).hasSize(1);
    int entries = NotificationDecoder.MAX_MANIFEST_ENTRIES + 1;
    assertThat(decode("[" + "7,".repeat(entries - 1) + "7]").rejections())
        .containsExactly("the manifest has 10001 entries, more than 10000");
  }

  @Test
  void aManifestIsCompletedByWhatS3Knows() {
    s3.objects.put("a b+%2B//..", new Description(5, "e5", "v5", CREATED));

    DecodedMessage decoded =
        decode(
            """
            ["s3://lake/a b+%2B//..", {"uri":"s3://lake/full","size":7,"etag":"\\"e7\\""},
             "s3://lake/gone", {"uri":"s3://lake/a b+%2B//..","etag":"other"}]""");

    assertThat(decoded.notifications())
        .containsExactly(
            new Notification("lake", "a b+%2B//..", "v5", "e5", null, 5, CREATED, Origin.MANIFEST),
            new Notification("lake", "full", null, "e7", null, 7, SENT, Origin.MANIFEST));
    assertThat(decoded.rejections())
        .containsExactly(
            "entry 3: the object does not exist",
            "entry 4: the object has another ETag than the entry says");
  }

  @Test
  void aManifestMayBeAnObject() {
    s3.manifest = bytes("[{\"uri\":\"s3://lake/a\",\"size\":7,\"versionId\":\"v\"}]");
    String reference = "{\"manifest\":\"s3://lake/list\"}";
    assertThat(decode(reference).notifications()).hasSize(1);

    s3.manifest = bytes(" ".repeat(NotificationDecoder.MAX_MANIFEST_BYTES + 1));
    assertThat(decode(reference).rejections())
        .containsExactly("the manifest has more than 8388608 bytes");
  }

  /** What begins like UTF-32 and is none: a film and a font. */
  @ParameterizedTest
  @ValueSource(strings = {"\0\0\0 ftypisom", "\0\1\0\0\0\20"})
  void aManifestThatIsNoTextIsRejected(String content) {
    s3.manifest = bytes(content);

    assertThat(decode("{\"manifest\":\"s3://lake/list\"}").rejections())
        .singleElement()
        .asString()
        .startsWith("not JSON within the limits");
  }

  @Test
  void anEntryThatS3RefusesLeavesTheOthersTheirDue() {
    s3.objects.put("a", new Description(5, "e5", null, CREATED));
    s3.objects.put("marker", new Missing());
    s3.objects.put("odd", new Refused("400 InvalidArgument"));
    s3.objects.put("denied", new Denied("403 AccessDenied"));

    DecodedMessage decoded =
        decode("[\"s3://lake/odd\",\"s3://lake/a\",\"s3://lake/marker\",\"s3://lake/denied\"]");

    assertThat(decoded.notifications()).extracting(Notification::key).containsExactly("a");
    assertThat(decoded.rejections())
        .containsExactly(
            "entry 1: S3 refuses the object: it answers 400 InvalidArgument",
            "entry 3: the object does not exist",
            "entry 4: S3 denies the object: it answers 403 AccessDenied");
  }

  @Test
  void aManifestStaysInTheQueueForWhatCannotBeKnownNowAndTheRestIsTaken() {
    s3.objects.put("denied", new Denied("403 AccessDenied"));
    String told = "{\"uri\":\"s3://lake/told\",\"size\":7,\"etag\":\"e7\"}";

    DecodedMessage denied = decode("[\"s3://lake/denied\",\"s3://lake/gone\"," + told + "]");
    assertThat(denied.postponed()).contains("403 AccessDenied");
    assertThat(denied.notifications()).extracting(Notification::key).containsExactly("told");

    s3.objects.put("slow", new Unavailable("503 SlowDown"));
    DecodedMessage slow = decode("[\"s3://lake/slow\"," + told + "]");
    assertThat(slow.postponed()).contains("503 SlowDown");
    assertThat(slow.notifications()).extracting(Notification::key).containsExactly("told");

    assertThat(decode("[" + told + "]").postponed()).isNull();
  }

  @Test
  void ofManyReasonsTheFirstAreToldAndAllAreCounted() {
    DecodedMessage decoded = decode("[" + "7,".repeat(24) + "7]");

    assertThat(decoded.rejections())
        .hasSize(NotificationDecoder.MAX_REASONS)
        .contains("entry 10: a record is not a JSON object");
    assertThat(decoded.rejectedRecords()).isEqualTo(25);
  }

  @ParameterizedTest
  @EnumSource(Envelope.class)
  void aTimeThatNoEventCanHaveIsRejected(Envelope envelope) {
    Instant latest = SENT.plus(NotificationDecoder.MAX_EVENT_AHEAD);
    for (Instant possible : List.of(Instant.EPOCH, CREATED, latest)) {
      assertThat(decode(S3Events.body(envelope, EVENT.withEventTime(possible))).notifications())
          .extracting(Notification::eventTime)
          .containsExactly(possible);
    }
    for (String impossible :
        List.of(
            "1969-12-31T23:59:59.999Z",
            latest.plusSeconds(1).toString(),
            "9999-12-31T00:00:00Z",
            "+300000000-01-01T00:00:00Z")) {
      DecodedMessage decoded =
          decode(S3Events.body(envelope, EVENT.withEventTime(Instant.parse(impossible))));
      assertThat(decoded.notifications()).as(impossible).isEmpty();
      assertThat(decoded.rejections())
          .singleElement()
          .asString()
          .contains("is before 1970, or more than a day after the message was sent");
    }
  }

  private void assertIgnored(String body, IgnoredReason reason) {
    DecodedMessage decoded = decode(body);
    assertThat(decoded.ignored()).isEqualTo(Map.of(reason, 1));
    assertThat(decoded.notifications()).isEmpty();
    assertThat(decoded.rejections()).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private DecodedMessage decode(String body) {
    return decoder.decode(body, SENT);
  }

  private static String body(S3Event event) {
    return S3Events.body(Envelope.S3, event);
  }

  private static final class FakeS3 implements ManifestReader {
    final Map<String, Answer> objects = new HashMap<>();
    byte @Nullable [] manifest;

    @Override
    public Optional<byte[]> read(String bucket, String key, int maxBytes) {
      return Optional.ofNullable(manifest)
          .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, maxBytes)));
    }

    @Override
    public List<Answer> describe(List<ObjectName> names) {
      return names.stream().map(name -> objects.getOrDefault(name.key(), new Missing())).toList();
    }
  }
}
