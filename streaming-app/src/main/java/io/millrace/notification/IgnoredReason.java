package io.millrace.notification;

import java.util.Locale;

/** Why a well-formed record is none of the stream's business: counted, and then forgotten. */
public enum IgnoredReason {
  /** S3's {@code s3:TestEvent}, sent when notifications are set up. */
  TEST_EVENT,
  /** The object was removed, or hidden behind a delete marker. */
  OBJECT_REMOVED,
  /** An event of another kind than the creation or the removal of an object. */
  OTHER_EVENT,
  /** The object has no bytes, and so no records. */
  EMPTY_OBJECT,
  /** The key ends with a slash: what consoles create to show a folder. */
  FOLDER_KEY,
  /** The key has none of the stream's prefixes, or none of its suffixes. */
  FILTERED_KEY;

  /** The name for metrics, logs and docs, such as {@code test-event}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
