package io.millrace.convert;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a request for an object may take nothing, and how often it is made.
 *
 * @param connectTimeout until a connection stands
 * @param readTimeout between two packets of an answer; what stalls longer is broken off and taken
 *     up again
 * @param attempts requests that are made of one before it has failed, the first included
 */
public record RequestLimits(Duration connectTimeout, Duration readTimeout, int attempts)
    implements Serializable {
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);
  public static final int DEFAULT_ATTEMPTS = 4;

  public RequestLimits {
    if (connectTimeout.toMillis() < 1 || readTimeout.toMillis() < 1 || attempts < 1) {
      throw new IllegalArgumentException(
          "request limits must be positive: %s, %s, %d attempts"
              .formatted(connectTimeout, readTimeout, attempts));
    }
  }

  public static RequestLimits defaults() {
    return new RequestLimits(DEFAULT_CONNECT_TIMEOUT, DEFAULT_READ_TIMEOUT, DEFAULT_ATTEMPTS);
  }
}
