package io.millrace.request;

import java.util.Map;

/**
 * How many requests went out and what failed.
 *
 * @param requests by operation, such as {@code GetObject}; each try of a request counts
 * @param retried tries that failed and were followed by another, by cause
 * @param failed last tries that failed, by cause
 */
public record RequestCounts(
    Map<String, Long> requests, Map<FailureCause, Long> retried, Map<FailureCause, Long> failed) {

  public RequestCounts {
    requests = Map.copyOf(requests);
    retried = Map.copyOf(retried);
    failed = Map.copyOf(failed);
  }
}
