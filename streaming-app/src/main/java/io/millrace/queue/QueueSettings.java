package io.millrace.queue;

import io.millrace.request.AssumedRole;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue is, and as whom to ask it.
 *
 * @param url the queue's URL
 * @param endpoint where SQS listens; null takes the region's own
 * @param region the AWS region; null takes that of the environment
 * @param role a role to assume; null asks with the default credentials
 */
public record QueueSettings(
    String url, @Nullable URI endpoint, @Nullable String region, @Nullable AssumedRole role) {

  public QueueSettings {
    URI parsed = URI.create(url);
    if (parsed.getHost() == null || parsed.getScheme() == null) {
      throw new IllegalArgumentException(
          "queue.url: a queue is named by its URL, https://sqs.REGION.amazonaws.com/ACCOUNT/NAME");
    }
  }
}
