package io.millrace.demo;

import static java.util.stream.Collectors.joining;

import io.millrace.app.config.ByteSize;
import io.millrace.demo.generate.Sender;
import io.millrace.localstack.LocalStack;
import java.nio.file.Path;

/** The configuration file of the demo's stream. */
final class StreamFile {
  /** So many batches at least, where there are enough objects. */
  static final int BATCHES = 4;

  private static final long SMALLEST_SPLIT_BYTES = ByteSize.parse("1MiB").bytes();
  private static final long LARGEST_BATCH_BYTES = ByteSize.parse("512MiB").bytes();

  private final LocalStack stack;
  private final Stage stage;
  private final DemoOptions options;

  StreamFile(LocalStack stack, Stage stage, DemoOptions options) {
    this.stack = stack;
    this.stage = stage;
    this.options = options;
  }

  /**
   * Its text.
   *
   * @param uiPort where Spark's UI is to listen
   * @param scratch where Spark may put what it needs for a while
   */
  String yaml(int uiPort, Path scratch) {
    return """
        stream: orders
        schema: '%s'
        objects:
          buckets: [%s]
          prefixes: [orders/]
          suffixes: [.ndjson]
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
          partition-by: %s
          metadata-columns: [key]
        quarantine:
          path: %s
        conversion:
          split-size: %dB
        admission:
          max-bytes: %dB
        trigger:
          interval: 1s
        shutdown:
          timeout: 5s
        spark-conf:
          spark.driver.bindAddress: 127.0.0.1
          spark.driver.host: 127.0.0.1
          spark.ui.port: '%d'
          spark.local.dir: '%s'
          spark.databricks.delta.snapshotPartitions: '2'
        hadoop-conf:
        %s
        """
        .formatted(
            Sender.SCHEMA,
            stage.bucket(),
            stage.queue(),
            stack.sqsEndpoint(),
            stack.region(),
            stack.s3Endpoint(),
            stack.region(),
            stage.ledger(),
            stage.checkpoint(),
            stage.table(),
            Sender.TIMESTAMP,
            stage.quarantine(),
            splitBytes(),
            batchBytes(),
            uiPort,
            scratch,
            hadoop());
  }

  private long batchBytes() {
    long share = options.objects() * options.objectSize().bytes() / BATCHES;
    return Math.max(SMALLEST_SPLIT_BYTES, Math.min(share, LARGEST_BATCH_BYTES));
  }

  /** Each core has a task in a batch. */
  private long splitBytes() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Math.max(SMALLEST_SPLIT_BYTES, batchBytes() / cores);
  }

  private String hadoop() {
    return stack.hadoopConfiguration().entrySet().stream()
        .map(entry -> "  %s: '%s'".formatted(entry.getKey(), entry.getValue()))
        .sorted()
        .collect(joining("\n"));
  }
}
