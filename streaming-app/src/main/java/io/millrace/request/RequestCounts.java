package io.millrace.request;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * How many requests went out and what failed.
 *
 * @param requests by operation, such as {@code GetObject}; each try of a request counts
 * @param retried tries that failed and were followed by another, by cause
 * @param failed last tries that failed, by cause
 */
public record RequestCounts(
    Map<String, Long> requests, Map<FailureCause, Long> retried, Map<FailureCause, Long> failed)
    implements Serializable {
  public static final RequestCounts NOTHING = new RequestCounts(Map.of(), Map.of(), Map.of());

  public RequestCounts {
    requests = Map.copyOf(requests);
    retried = Map.copyOf(retried);
    failed = Map.copyOf(failed);
  }

  /** Both together. */
  public RequestCounts plus(RequestCounts other) {
    return merged(other, Long::sum);
  }

  /** Of two counts of one thing that only grows, the later, whichever comes first. */
  public RequestCounts later(RequestCounts other) {
    return merged(other, Math::max);
  }

  private RequestCounts merged(RequestCounts other, LongBinaryOperator both) {
    return new RequestCounts(
        merged(requests, other.requests, both),
        merged(retried, other.retried, both),
        merged(failed, other.failed, both));
  }

  private static <K> Map<K, Long> merged(
      Map<K, Long> one, Map<K, Long> other, LongBinaryOperator both) {
    Map<K, Long> merged = new HashMap<>(one);
    other.forEach((key, count) -> merged.merge(key, count, both::applyAsLong));
    return merged;
  }
}
