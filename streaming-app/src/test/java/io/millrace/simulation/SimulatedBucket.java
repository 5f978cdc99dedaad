package io.millrace.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects that producers write, write again, overwrite and delete; each write sends its event. A
 * versioned one keeps every version that ever was.
 */
final class SimulatedBucket {
  static final String NAME = "lake";
  private static final int KEYS = 5;

  private final Random random;
  private final InstantSource clock;
  private final SimulatedQueue queue;
  private final boolean versioned;
  private final boolean repeatsOldContent;
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, String> currentVersions = new HashMap<>();
  private final Map<String, String> current = new TreeMap<>();
  private final Map<String, String> last = new TreeMap<>();
  private final Map<String, List<String>> contents = new HashMap<>();
  private final Map<String, Integer> writes = new HashMap<>();
  private int generation;
  private int made;
  private int sequence;

  /**
   * @param repeatsOldContent whether an object may get the content of one of its older versions
   */
  SimulatedBucket(
      Random random,
      InstantSource clock,
      SimulatedQueue queue,
      boolean versioned,
      boolean repeatsOldContent) {
    this.random = random;
    this.clock = clock;
    this.queue = queue;
    this.versioned = versioned;
    this.repeatsOldContent = repeatsOldContent;
  }

  /** Some producer does something; what, for the trace. */
  String change() {
    String key = "g%d/k%d".formatted(generation, random.nextInt(KEYS));
    String standing = current.get(key);
    String before = last.get(key);
    int what = random.nextInt(10);
    if (standing != null && what < 2) {
      current.remove(key);
      return "delete " + key;
    }
    if (before != null && (what < 5 || (standing == null && what < 8))) {
      return put(key, before); // a retried PUT, or the same again after it was deleted
    }
    List<String> known = contents.computeIfAbsent(key, k -> new ArrayList<>());
    if (repeatsOldContent && what == 5 && !known.isEmpty()) {
      return put(key, known.get(random.nextInt(known.size())));
    }
    String content = "e" + made++;
    known.add(content);
    return put(key, content);
  }

  /** Writers leave the keys of old alone from now on. */
  void beginGeneration() {
    generation++;
  }

  /** The current content of every object that is there. */
  Map<String, String> current() {
    return current;
  }

  /** The id of the object's current version; null where there are no versions. */
  @Nullable String versionId(String key) {
    return currentVersions.get(key);
  }

  /**
   * How often an object got a content, at most. A retried PUT counts only where it can't be told
   * from a write after another: where versions have ids, or old contents come again.
   */
  int writes(String key, String etag) {
    return writes.getOrDefault(key + " " + etag, 0);
  }

  /**
   * What a read of a version, or else with {@code If-Match}, finds: the same ETag, another, or null
   * where there is none.
   */
  @Nullable String read(String key, @Nullable String versionId) {
    return versionId == null ? current.get(key) : versions.get(versionId);
  }

  /** How many good records an object of that content has. */
  static int goodRecords(String etag) {
    return isUnreadable(etag) ? 0 : 1 + number(etag) % 2;
  }

  static int malformedRecords(String etag) {
    return isUnreadable(etag) || number(etag) % 3 != 0 ? 0 : 1;
  }

  /** Such an object is quarantined whole. */
  static boolean isUnreadable(String etag) {
    return number(etag) % 13 == 12;
  }

  private static int number(String etag) {
    return Integer.parseInt(etag.substring(1));
  }

  private String put(String key, String etag) {
    if (versioned || repeatsOldContent || !etag.equals(current.get(key))) {
      writes.merge(key + " " + etag, 1, Integer::sum);
    }
    current.put(key, etag);
    last.put(key, etag);
    sequence += 1 + random.nextInt(20);
    String sequencer = "%06X".formatted(sequence);
    String version = "";
    if (versioned) {
      String id = "v" + sequence;
      versions.put(id, etag);
      currentVersions.put(key, id);
      version = "\"versionId\":\"%s\",".formatted(id);
    }
    String body = event(key, etag, version, sequencer, clock.instant());
    for (int copies = random.nextInt(6) == 0 ? 2 : 1; copies > 0; copies--) {
      boolean late = random.nextInt(4) == 0;
      queue.send(body, Duration.ofSeconds(late ? 1 + random.nextInt(240) : 0));
    }
    return "put " + key + " " + etag + " " + sequencer;
  }

  private static String event(
      String key, String etag, String version, String sequencer, Instant time) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"%s",\
        "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},\
        "object":{"key":"%s","size":10,"eTag":"%s",%s"sequencer":"%s"}}}]}"""
        .formatted(time, NAME, key, etag, version, sequencer);
  }
}
