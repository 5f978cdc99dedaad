package io.millrace.source;

import io.millrace.ledger.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Names and values of what the source tells in {@code StreamingQueryProgress}. */
final class SourceMetrics {
  static final String HEAD = "headOrdinal";
  static final String COMMITTED = "committedOrdinal";
  static final String OBJECTS = "backlogObjects";
  static final String BYTES = "backlogBytes";
  static final String OLDEST_AGE = "backlogOldestAgeSeconds";

  private SourceMetrics() {}

  /** Of a stream whose table says how far it is. */
  static Map<String, String> ofTable(long head, long committed, Backlog backlog, Instant now) {
    Instant oldest = backlog.oldestEventTime();
    long age = oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds());
    return Map.of(
        HEAD, Long.toString(head),
        COMMITTED, Long.toString(committed),
        OBJECTS, Long.toString(backlog.objects()),
        BYTES, Long.toString(backlog.bytes()),
        OLDEST_AGE, Long.toString(age));
  }

  /** Of a stream of which only Spark's checkpoint says how far it is. */
  static Map<String, String> ofCheckpoint(long head, long consumed) {
    return Map.of(
        HEAD, Long.toString(head),
        COMMITTED, Long.toString(consumed),
        OBJECTS, Long.toString(Math.max(0, head - consumed)));
  }
}
