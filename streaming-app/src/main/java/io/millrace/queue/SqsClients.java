package io.millrace.queue;

import io.millrace.request.AssumedRole;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Makes clients of SQS for settings. */
public final class SqsClients {
  /** As many calls as can be under way at once: each poller polls and deletes. */
  static final int MAX_CONNECTIONS = 128;

  /** Longer than the longest poll, 20 s, takes on a slow network. */
  static final Duration CALL_LIMIT = Duration.ofSeconds(40);

  private SqsClients() {}

  /**
   * A client that the caller closes, with the default credentials or those of the role.
   *
   * @param requests told of each request
   */
  public static SqsClient build(QueueSettings settings, MetricPublisher requests) {
    SqsClientBuilder builder =
        SqsClient.builder()
            .credentialsProvider(credentials(settings))
            .overrideConfiguration(
                c -> c.apiCallAttemptTimeout(CALL_LIMIT).addMetricPublisher(requests))
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(MAX_CONNECTIONS)
                    .socketTimeout(CALL_LIMIT));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (settings.region() != null) {
      builder.region(Region.of(settings.region()));
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(QueueSettings settings) {
    AssumedRole role = settings.role();
    return role == null
        ? DefaultCredentialsProvider.builder().build()
        : role.credentials(settings.region());
  }
}
