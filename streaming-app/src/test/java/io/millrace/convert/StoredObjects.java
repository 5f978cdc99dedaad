package io.millrace.convert;

import io.millrace.ledger.Arrival;
import io.millrace.localstack.LocalStack;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import software.amazon.awssdk.core.sync.RequestBody;

/** Puts objects into a bucket, and makes the arrivals that their events would become. */
final class StoredObjects {
  private final LocalStack stack;
  private final String bucket;
  private final Instant eventTime;
  private long ordinals;

  StoredObjects(LocalStack stack, String bucket, Instant eventTime) {
    this.stack = stack;
    this.bucket = bucket;
    this.eventTime = eventTime;
  }

  /** Each has the next ordinal, from 1. */
  Arrival put(String key, byte[] content) {
    String etag =
        stack
            .s3()
            .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content))
            .eTag()
            .replace("\"", "");
    Notification object =
        new Notification(bucket, key, null, etag, null, content.length, eventTime, Origin.EVENT);
    return new Arrival(++ordinals, object, eventTime, false);
  }

  Arrival put(String key, String text) {
    return put(key, text.getBytes(StandardCharsets.UTF_8));
  }
}
