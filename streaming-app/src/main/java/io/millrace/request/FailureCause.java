package io.millrace.request;

import java.util.Locale;
import java.util.Map;

/** Why a request failed, as an operator would tell causes apart. */
public enum FailureCause {
  /** The service wants fewer requests: 503 SlowDown and its like. */
  THROTTLED,
  /** The service failed: any other 5xx. */
  SERVER_ERROR,
  /** Nothing came within a limit. */
  TIMEOUT,
  /** The connection failed or broke. */
  CONNECTION,
  /** The service refused: access denied, no such key, a condition that does not hold. */
  REFUSED,
  /** The client does not say. */
  OTHER;

  /** The SDK's words, of {@code SdkErrorType}. */
  private static final Map<String, FailureCause> SDK =
      Map.of(
          "Throttling", THROTTLED,
          "ServerError", SERVER_ERROR,
          "ConfiguredTimeout", TIMEOUT,
          "IO", CONNECTION);

  static FailureCause of(String sdkErrorType) {
    return SDK.getOrDefault(sdkErrorType, REFUSED);
  }

  /** The name for metrics, logs and docs, such as {@code server-error}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
