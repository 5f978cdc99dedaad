package io.millrace.benchmarks.stream;

import static java.util.stream.Collectors.joining;

import io.millrace.localstack.LocalStack;

/**
 * The configuration file of a stream: the application's, of which {@link StockStream} reads what it
 * has a use for.
 */
final class StreamConfiguration {
  private StreamConfiguration() {}

  /**
   * The file's text.
   *
   * @param admission how a batch is bounded: the value of that key
   */
  static String yaml(
      LocalStack stack, String queue, StreamPlaces places, String schema, String admission) {
    return """
        stream: comparison
        schema: '%s'
        objects:
          buckets: [%s]
          prefixes: [%s]
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
        admission: %s
        trigger:
          interval: 1s
        metrics:
          bind: none
        spark-conf:
          spark.master: local[1]
          spark.ui.enabled: 'false'
          spark.driver.bindAddress: 127.0.0.1
          spark.driver.host: 127.0.0.1
        hadoop-conf:
        %s
        """
        .formatted(
            schema.replace("'", "''"),
            StreamPlaces.LANDING,
            places.prefix(),
            queue,
            stack.sqsEndpoint(),
            stack.region(),
            stack.s3Endpoint(),
            stack.region(),
            places.ledger(),
            places.checkpoint(),
            places.table(),
            admission,
            stack.hadoopConfiguration().entrySet().stream()
                .map(entry -> "  %s: '%s'".formatted(entry.getKey(), entry.getValue()))
                .sorted()
                .collect(joining("\n")));
  }
}
