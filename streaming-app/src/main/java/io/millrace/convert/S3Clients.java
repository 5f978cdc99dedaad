package io.millrace.convert;

import io.millrace.request.AssumedRole;
import io.millrace.request.ProcessRequests;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The S3 client of a JVM, one for each settings.
 *
 * <p>Static, since a Spark task has nowhere else to keep what outlives it; never closed, as
 * executors are not.
 */
public final class S3Clients {
  static final int MAX_CONNECTIONS = 256;

  /** Backs off by itself, and gives up early where nearly every request fails. */
  private static final StandardRetryStrategy RETRIES = AwsRetryStrategy.standardRetryStrategy();

  private static final ConcurrentMap<ObjectStoreSettings, S3Client> CLIENTS =
      new ConcurrentHashMap<>();

  private S3Clients() {}

  /** The client, made when first asked for. */
  public static S3Client of(ObjectStoreSettings settings) {
    return CLIENTS.computeIfAbsent(settings, S3Clients::build);
  }

  private static S3Client build(ObjectStoreSettings settings) {
    RequestLimits limits = settings.limits();
    S3ClientBuilder builder =
        S3Client.builder()
            .forcePathStyle(settings.pathStyle())
            .overrideConfiguration(
                c ->
                    c.addMetricPublisher(ProcessRequests.objects())
                        .retryStrategy(RETRIES.toBuilder().maxAttempts(limits.attempts()).build()))
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(MAX_CONNECTIONS)
                    .connectionTimeout(limits.connectTimeout())
                    .socketTimeout(limits.readTimeout()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (settings.region() != null) {
      builder.region(Region.of(settings.region()));
    }
    AssumedRole role = settings.role();
    if (role != null) {
      builder.credentialsProvider(role.credentials(settings.region()));
    }
    return builder.build();
  }
}
