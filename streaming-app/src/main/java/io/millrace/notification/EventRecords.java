package io.millrace.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;

/** Reads the records of S3's own messages and those of EventBridge. */
final class EventRecords {

  private EventRecords() {}

  /** The {@code Records} of a message that S3 wrote. */
  static void readAll(JsonNode records, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    if (!records.isArray() || records.isEmpty()) {
      throw new MalformedRecordException("/Records is not a list with a record");
    }
    int number = 0;
    for (JsonNode record : records) {
      number++;
      try {
        readS3(new Fields(record), sentAt, decoded);
      } catch (MalformedRecordException e) {
        decoded.reject("record " + number + ": ", e);
      }
    }
  }

  private static void readS3(Fields record, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    if (!record.text("/eventVersion").startsWith("2.")) {
      throw new MalformedRecordException("/eventVersion is not 2.x, the one that is understood");
    }
    String bucket = record.text("/s3/bucket/name");
    decoded.requireAllowed(bucket);
    String event = record.text("/eventName");
    if (event.startsWith("ObjectRemoved:") || event.startsWith("LifecycleExpiration:")) {
      decoded.ignore(IgnoredReason.OBJECT_REMOVED);
    } else if (!event.startsWith("ObjectCreated:")) {
      decoded.ignore(IgnoredReason.OTHER_EVENT);
    } else {
      String key = Keys.decodeForm(record.text("/s3/object/key"));
      Instant time = time(record, "/eventTime", sentAt);
      readObject(record, "/s3/object", "eTag", "versionId", bucket, key, time, decoded);
    }
  }

  /** A message that EventBridge wrote, which has one record. */
  static void readEventBridge(Fields event, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    if (!event.text("/source").equals("aws.s3")) {
      throw new MalformedRecordException("/source is not aws.s3");
    }
    if (!event.text("/version").equals("0") || !event.text("/detail/version").equals("0")) {
      throw new MalformedRecordException("/version is not 0, the one that is understood");
    }
    String bucket = event.text("/detail/bucket/name");
    decoded.requireAllowed(bucket);
    switch (event.text("/detail-type")) {
      case "Object Created" -> {
        String key = Keys.checked(event.text("/detail/object/key"));
        Instant time = time(event, "/time", sentAt);
        readObject(event, "/detail/object", "etag", "version-id", bucket, key, time, decoded);
      }
      case "Object Deleted" -> decoded.ignore(IgnoredReason.OBJECT_REMOVED);
      default -> decoded.ignore(IgnoredReason.OTHER_EVENT);
    }
  }

  /** Whoever can write into the queue must not make a time that nobody can reckon with. */
  private static Instant time(Fields record, String pointer, Instant sentAt)
      throws MalformedRecordException {
    Instant time = record.instant(pointer);
    if (time.isBefore(Instant.EPOCH)
        || time.isAfter(sentAt.plus(NotificationDecoder.MAX_EVENT_AHEAD))) {
      throw new MalformedRecordException(
          pointer + " is before 1970, or more than a day after the message was sent");
    }
    return time;
  }

  private static void readObject(
      Fields record,
      String object,
      String etagName,
      String versionName,
      String bucket,
      String key,
      Instant time,
      DecodedRecords decoded)
      throws MalformedRecordException {
    String etag = record.optionalEtag(object + "/" + etagName);
    String versionId = Keys.version(record.optionalText(object + "/" + versionName));
    String sequencer = record.sequencer(object + "/sequencer");
    long sizeBytes = record.size(object + "/size");
    if (etag == null && versionId == null) {
      throw new MalformedRecordException(object + " has neither a version nor an ETag");
    }
    if (!decoded.wants(key)) {
      return;
    }
    if (sizeBytes == 0) {
      decoded.ignore(IgnoredReason.EMPTY_OBJECT);
      return;
    }
    decoded.take(
        new Notification(bucket, key, versionId, etag, sequencer, sizeBytes, time, Origin.EVENT));
  }
}
