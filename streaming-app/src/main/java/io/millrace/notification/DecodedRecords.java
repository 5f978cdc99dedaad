package io.millrace.notification;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what the records of one message come to. For one thread. */
final class DecodedRecords {
  private static final int MAX_QUOTED_CHARS = 63; // as long as a bucket's name can be

  private final ObjectFilter filter;
  private final List<Notification> notifications = new ArrayList<>();
  private final Map<IgnoredReason, Integer> ignored = new EnumMap<>(IgnoredReason.class);
  private final List<String> rejections = new ArrayList<>();
  private final Map<RejectedReason, Integer> rejected = new EnumMap<>(RejectedReason.class);
  private @Nullable String postponed;

  DecodedRecords(ObjectFilter filter) {
    this.filter = filter;
  }

  void take(Notification notification) {
    notifications.add(notification);
  }

  void ignore(IgnoredReason reason) {
    ignored.merge(reason, 1, Integer::sum);
  }

  /**
   * Notes what can't be taken.
   *
   * @param where in the message, ending with a space, or nothing
   */
  void reject(String where, MalformedRecordException why) {
    if (rejections.size() < NotificationDecoder.MAX_REASONS) {
      rejections.add(where + why.getMessage());
    }
    rejected.merge(why.reason(), 1, Integer::sum);
  }

  /** Refuses a bucket that the stream was not told to read. */
  void requireAllowed(String bucket) throws MalformedRecordException {
    if (!filter.allowsBucket(bucket)) {
      throw new MalformedRecordException(
          RejectedReason.FOREIGN_BUCKET,
          "the bucket " + quoted(bucket) + " is not one that the stream may read");
    }
  }

  /** Whether the stream wants the key; counts it as ignored where it does not. */
  boolean wants(String key) {
    if (key.endsWith("/")) {
      ignore(IgnoredReason.FOLDER_KEY);
    } else if (!filter.matchesKey(key)) {
      ignore(IgnoredReason.FILTERED_KEY);
    } else {
      return true;
    }
    return false;
  }

  /** Leaves the message in the queue: something of it can't be known now, and is not taken. */
  void postpone(String why) {
    postponed = why;
  }

  DecodedMessage finish() {
    return new DecodedMessage(notifications, ignored, rejections, rejected, postponed);
  }

  /** Printable ASCII and not long, whatever a forger wrote. */
  private static String quoted(String text) {
    String start = text.substring(0, Math.min(text.length(), MAX_QUOTED_CHARS));
    return '"' + start.replaceAll("[^ -!#-~]", "?") + '"';
  }
}
