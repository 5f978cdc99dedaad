package io.millrace.testing;

import io.millrace.app.config.AppConfig;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.events.Envelope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A bucket whose events go to a queue, a stream's configuration for them, and what landed. */
public final class Landing {
  private final LocalStack stack;
  private final Path folder;
  private final String bucket;
  private final String queue;
  private final Set<String> landed = new TreeSet<>();
  private String state;
  private String format = "delta";
  private int objects;

  public Landing(LocalStack stack, Path folder) {
    this(stack, folder, stack.createBucket("landing"));
  }

  /** Keeps the tables, ledger and checkpoint in {@code folder}. */
  private Landing(LocalStack stack, Path folder, String bucket) {
    this.stack = stack;
    this.folder = folder;
    this.state = folder.toString();
    this.bucket = bucket;
    this.queue = stack.createQueue("landing");
    stack.notifyOn(bucket, queue, Envelope.S3);
  }

  /** A landing whose bucket keeps versions. */
  public static Landing versioned(LocalStack stack, Path folder) {
    return new Landing(stack, folder, stack.createVersionedBucket("landing"));
  }

  /** Has ledger, checkpoint and tables elsewhere than in the folder. */
  public Landing keepingStateIn(String directory) {
    state = directory;
    return this;
  }

  /** Has a table of another format than Delta, as {@code table.format} names it. */
  public Landing writing(String tableFormat) {
    format = tableFormat;
    return this;
  }

  public String bucket() {
    return bucket;
  }

  public String queue() {
    return queue;
  }

  public Path folder() {
    return folder;
  }

  public String table() {
    return state + "/table";
  }

  public String quarantine() {
    return table() + "_quarantine";
  }

  public String checkpoint() {
    return state + "/checkpoint";
  }

  /** Uploads objects of {@code records} records each; returns their keys. */
  public List<String> land(int count, int records) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "in/object %d+ü.json".formatted(objects++);
      StringBuilder text = new StringBuilder();
      for (int r = 0; r < records; r++) {
        String id = "%s#%d".formatted(key, r);
        landed.add(id);
        text.append("{\"id\":\"").append(id).append("\"}\n");
      }
      put(key, text.toString());
      keys.add(key);
    }
    return keys;
  }

  /** Uploads something that {@link #landed} does not count. */
  public void put(String key, String text) {
    stack.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  /** Takes all messages out of the queue, and returns their bodies. */
  public List<String> drain() {
    List<String> bodies = new ArrayList<>();
    while (true) {
      List<Message> messages =
          stack.sqs().receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        return bodies;
      }
      for (Message message : messages) {
        bodies.add(message.body());
        stack.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
      }
    }
  }

  /** Whether the queue has nothing, neither to be received nor received and not deleted. */
  public boolean isQueueEmpty() {
    Map<QueueAttributeName, String> depth =
        stack
            .sqs()
            .getQueueAttributes(
                r ->
                    r.queueUrl(queue)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return depth.values().stream().allMatch("0"::equals);
  }

  public void send(List<String> bodies) {
    bodies.forEach(body -> stack.send(queue, body));
  }

  /** The stream's file. */
  public String yaml() {
    StringBuilder hadoop = new StringBuilder();
    stack
        .hadoopConfiguration()
        .forEach((name, value) -> hadoop.append("  %s: '%s'%n".formatted(name, value)));
    return """
        stream: landing
        schema: id STRING
        objects:
          buckets: [%s]
        queue:
          url: %s
          endpoint: %s
          region: %s
          wait: 1s
        s3:
          endpoint: %s
          region: %s
          path-style: true
        ledger:
          path: %s
        checkpoint: %s
        table:
          path: %s
          format: %s
          metadata-columns: [key]
        trigger:
          mode: available-now
        metrics:
          bind: 127.0.0.1:0
        hadoop-conf:
        %s"""
        .formatted(
            bucket,
            queue,
            stack.sqsEndpoint(),
            stack.region(),
            stack.s3Endpoint(),
            stack.region(),
            state + "/ledger",
            checkpoint(),
            table(),
            format,
            hadoop);
  }

  public AppConfig config(Map<String, String> overrides) {
    return AppConfig.parse("landing.yaml", yaml(), overrides);
  }

  /** Asserts that the table has each landed record once. */
  public void assertArrived(SparkSession spark) {
    DataFrames.assertSame(spark.createDataset(landed(), Encoders.STRING()).toDF("id"), read(spark));
  }

  /** Ids of the table's rows, sorted; an id that is there twice is there twice. */
  public List<String> rows(SparkSession spark) {
    List<String> ids = new ArrayList<>();
    for (Row row : read(spark).collectAsList()) {
      ids.add(row.getString(0));
    }
    Collections.sort(ids);
    return ids;
  }

  private Dataset<Row> read(SparkSession spark) {
    return spark.read().format(format).load(table()).select("id");
  }

  /** What the table should hold: each record once, sorted. */
  public List<String> landed() {
    return List.copyOf(landed);
  }

  /** Configuration keys of a stream that runs until it is stopped. */
  public static Map<String, String> continuous() {
    return new HashMap<>(Map.of("trigger.mode", "continuous", "trigger.interval", "200ms"));
  }
}
