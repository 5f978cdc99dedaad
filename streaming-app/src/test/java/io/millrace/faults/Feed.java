package io.millrace.faults;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import io.millrace.testing.Landing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What arrives, a portion at a time: all that a stream has to deal with, in few objects. */
final class Feed {
  private static final String REPLACED = "in/replaced.json";

  private final LocalStack stack;
  private final Landing landing;
  private final boolean replaces;
  private final List<String> rows = new ArrayList<>();
  private final List<String> malformed = new ArrayList<>();
  private int portions;
  private long arrivals;

  /**
   * @param replaces whether a new version's rows take the place of the old one's
   */
  Feed(LocalStack stack, Landing landing, boolean replaces) {
    this.stack = stack;
    this.landing = landing;
    this.replaces = replaces;
    stack.stopNotifying(landing.bucket());
    // What a process has received and not deleted must come again soon.
    stack
        .sqs()
        .setQueueAttributes(
            r ->
                r.queueUrl(landing.queue())
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2")));
  }

  /** An object of two records; returns the name that its rows begin with. */
  String sendLittle() {
    String name = "p" + portions++;
    String events = events(List.of(put("in/%s.json".formatted(name), good(name, 2))));
    arrivals += 1;
    stack.send(landing.queue(), events);
    return name;
  }

  /**
   * A message of a good object, one with a malformed record, one that replaces another and one that
   * is gone; the same message again; a manifest; and a message that can't be understood.
   *
   * @return the name that the rows begin with
   */
  String sendAll() {
    String name = "p" + portions++;
    S3Event good = put("in/%s.json".formatted(name), good(name, 2));
    String half = good(name + "-half", 1) + "malformed " + name + "\n";
    S3Event bad = put("in/%s-bad.json".formatted(name), half);
    malformed.add("malformed " + name);
    if (replaces) {
      rows.removeIf(row -> row.startsWith("replaced"));
    }
    S3Event replaced = put(REPLACED, good("replaced by " + name, 1));
    S3Event gone =
        good.withKey("in/%s-gone.json".formatted(name)).withSequencer(stack.nextSequencer());
    String events = events(List.of(good, bad, replaced, gone));
    S3Event listed = put("in/%s-listed.json".formatted(name), good(name + "-listed", 1));
    String list = "[\"s3://%s/%s\"]".formatted(landing.bucket(), listed.key());
    S3Event manifest = put("lists/%s.json".formatted(name), list);
    arrivals += 5;
    landing.send(
        List.of(
            events,
            "{\"manifest\":\"s3://%s/%s\"}".formatted(landing.bucket(), manifest.key()),
            events,
            name + " is no message"));
    return name;
  }

  /** Has a poll return that waits for messages; means nothing to the stream. */
  void nudge() {
    stack.send(landing.queue(), S3Events.testEvent(landing.bucket()));
  }

  /** How often something was sent. */
  int portions() {
    return portions;
  }

  /** How many arrivals there are by now. */
  long arrivals() {
    return arrivals;
  }

  /** The ids of the rows that the table should have, each once. */
  List<String> rows() {
    return rows.stream().sorted().toList();
  }

  /** The texts of the records that the quarantine should have, each once. */
  List<String> malformed() {
    return malformed.stream().sorted().toList();
  }

  private String good(String name, int records) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < records; i++) {
      String id = name + "#" + i;
      rows.add(id);
      text.append("{\"id\":\"").append(id).append("\"}\n");
    }
    return text.toString();
  }

  private S3Event put(String key, String text) {
    String eTag =
        stack
            .s3()
            .putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(text))
            .eTag();
    return new S3Event(
        S3Event.PUT,
        Instant.now(),
        stack.region(),
        landing.bucket(),
        key,
        (long) text.length(),
        eTag.replace("\"", ""),
        null,
        stack.nextSequencer());
  }

  private static String events(List<S3Event> events) {
    return S3Events.body(Envelope.S3, events);
  }
}
