package io.millrace.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollector;

class RequestCounterTest {
  private final RequestCounter counter = new RequestCounter();

  @Test
  void eachTryCountsAndItsFailureIsARetryUnlessItIsTheLast() {
    publish("GetObject", "Throttling", "IO", null);
    publish("GetObject", "ServerError", "Other");
    publish("HeadObject", (String) null);

    assertThat(counter.counts())
        .isEqualTo(
            new RequestCounts(
                Map.of("GetObject", 5L, "HeadObject", 1L),
                Map.of(
                    FailureCause.THROTTLED, 1L,
                    FailureCause.CONNECTION, 1L,
                    FailureCause.SERVER_ERROR, 1L),
                Map.of(FailureCause.REFUSED, 1L)));
  }

  @Test
  void theSdkHasTheErrorTypesThatAreToldApart() {
    assertThat(FailureCause.of("ConfiguredTimeout")).isEqualTo(FailureCause.TIMEOUT);
    assertThat(FailureCause.of("a later one")).isEqualTo(FailureCause.REFUSED);
    assertThat(FailureCause.SERVER_ERROR.label()).isEqualTo("server-error");
  }

  private void publish(String operation, @Nullable String... errors) {
    MetricCollector call = MetricCollector.create("ApiCall");
    call.reportMetric(CoreMetric.OPERATION_NAME, operation);
    for (String error : errors) {
      MetricCollector attempt = call.createChild("ApiCallAttempt");
      if (error != null) {
        attempt.reportMetric(CoreMetric.ERROR_TYPE, error);
      }
    }
    counter.publish(call.collect());
  }
}
