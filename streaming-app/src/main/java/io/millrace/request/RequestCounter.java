package io.millrace.request;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Counts the requests of the clients that publish to it. For several threads. */
public final class RequestCounter implements MetricPublisher {
  private final Map<String, Long> requests = new TreeMap<>();
  private final Map<FailureCause, Long> retried = new EnumMap<>(FailureCause.class);
  private final Map<FailureCause, Long> failed = new EnumMap<>(FailureCause.class);

  @Override
  public synchronized void publish(MetricCollection call) {
    List<MetricCollection> tries = call.children();
    call.metricValues(CoreMetric.OPERATION_NAME)
        .forEach(name -> requests.merge(name, (long) tries.size(), Long::sum));
    for (int i = 0; i < tries.size(); i++) {
      Map<FailureCause, Long> counts = i < tries.size() - 1 ? retried : failed;
      tries
          .get(i)
          .metricValues(CoreMetric.ERROR_TYPE)
          .forEach(type -> counts.merge(FailureCause.of(type), 1L, Long::sum));
    }
  }

  /** All that was counted so far. */
  public synchronized RequestCounts counts() {
    return new RequestCounts(requests, retried, failed);
  }

  @Override
  public void close() {}
}
