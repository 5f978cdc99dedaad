package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cluster.StandaloneCluster;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.metrics.Scrape;
import io.millrace.testing.Landing;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver tells of requests that were made in other JVMs. */
class ExecutorMetricsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Each table's log is begun with a marker of its directory. */
  private static final int LOG_DIRECTORIES = 2;

  private static final String REQUESTS = "millrace_storage_requests_total";
  private static final String RETRIES = "millrace_storage_retries_total";

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final String state = stack.createBucket("state");

  @ParameterizedTest
  @ValueSource(strings = {"direct", "spark"})
  void executorsRequestsAreCountedOnceThoseOfFailedAttemptsToo(String engine) throws Exception {
    Landing landing = landing();
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 1, 2);
        RequestCounter reads = stack.count(RequestMatch.s3("GET", landing.bucket()));
        RequestCounter ledger =
            stack.count(RequestMatch.s3("PUT", state).withKeyPrefix("ledger/"));
        RequestCounter data = stack.count(RequestMatch.s3("PUT", state).withKeyPrefix("table/da"));
        InjectedFault slow =
            stack.inject(Fault.status(RequestMatch.s3("GET", landing.bucket()), 503).atMost(2));
        InjectedFault refused =
            stack.inject(
                Fault.status(RequestMatch.s3("PUT", state).withKeyPrefix("table/date"), 403)
                    .atMost(1));
        ApplicationProcess application = start(landing, cluster, Map.of("engine", engine))) {
      landing.land(4, 100);
      InetSocketAddress metrics = awaitOutcomes(application, cluster, 4);

      Scrape scrape = Scrape.of(metrics);
      assertThat(slow.hits()).isEqualTo(2);
      assertThat(refused.hits()).isEqualTo(1);
      assertThat(scrape.count(REQUESTS, "\"s3\"", "GetObject")).isEqualTo(reads.total());
      assertThat(scrape.count(RETRIES, "\"s3\"", "throttled")).isEqualTo(2);
      assertThat(scrape.count(REQUESTS, "s3a", "PutObject"))
          .as("the driver's to ledger and Delta's log, the executors' data files")
          .isEqualTo(ledger.total() + data.total() + commits() + LOG_DIRECTORIES);
      assertThat(scrape.value("millrace_tasks_total", "failed")).isPositive();
    }
  }

  @Test
  void uploadsOfExecutorsAndTheirCompletionByTheDriverAreCountedTogether() throws Exception {
    Landing landing = landing();
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 1, 2);
        RequestCounter parts =
            stack.count(RequestMatch.s3("PUT", state).withKeyPrefix("table/date"));
        RequestCounter posts =
            stack.count(RequestMatch.s3("POST", state).withKeyPrefix("table/date"));
        ApplicationProcess application =
            start(landing, cluster, Map.of("table.format", "parquet"))) {
      landing.land(3, 100);
      InetSocketAddress metrics = awaitOutcomes(application, cluster, 3);

      Scrape scrape = Scrape.of(metrics);
      assertThat(scrape.count(REQUESTS, "uploads", "\"UploadPart"))
          .isEqualTo(parts.total())
          .isPositive();
      assertThat(
              scrape.count(REQUESTS, "uploads", "CreateMultipartUpload")
                  + scrape.count(REQUESTS, "uploads", "CompleteMultipartUpload"))
          .isEqualTo(posts.total())
          .isPositive();
    }
  }

  @Test
  void whatAnExecutorToldBeforeItWasKilledStaysCounted() throws Exception {
    Landing landing = landing();
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 1, 1);
        RequestCounter reads = stack.count(RequestMatch.s3("GET", landing.bucket()));
        ApplicationProcess application = start(landing, cluster, Map.of())) {
      landing.land(2, 100);
      awaitOutcomes(application, cluster, 2);

      cluster.killOneExecutor();
      landing.land(2, 100);
      InetSocketAddress metrics = awaitOutcomes(application, cluster, 4);

      assertThat(Scrape.of(metrics).count(REQUESTS, "\"s3\"", "GetObject"))
          .isEqualTo(reads.total());
    }
  }

  /** Of both tables. */
  private long commits() {
    return stack.s3().listObjectsV2(r -> r.bucket(state).prefix("table")).contents().stream()
        .filter(object -> object.key().matches("table\\w*/_delta_log/\\d+\\.json"))
        .count();
  }

  private Landing landing() {
    return new Landing(stack, folder).keepingStateIn("s3://" + state);
  }

  private ApplicationProcess start(
      Landing landing, StandaloneCluster cluster, Map<String, String> overrides) throws Exception {
    Map<String, String> all = new HashMap<>(Landing.continuous());
    all.put("spark-conf", cluster.sparkConfYaml("600m"));
    all.put("checkpoint", folder.resolve("checkpoint").toString());
    all.putAll(overrides);
    return ApplicationProcess.start(landing, all);
  }

  /** Returns where metrics are told. */
  private static InetSocketAddress awaitOutcomes(
      ApplicationProcess application, StandaloneCluster cluster, int converted) {
    InetSocketAddress address = application.metricsAddress();
    try {
      await()
          .atMost(PATIENCE)
          .failFast(() -> assertThat(application.isAlive()).as(application.log()).isTrue())
          .untilAsserted(
              () -> {
                Scrape scrape = Scrape.of(address);
                assertThat(scrape.count("millrace_outcomes_total", "converted"))
                    .isEqualTo(converted);
                assertThat(scrape.count("millrace_lag_objects")).isZero();
              });
    } catch (RuntimeException e) {
      throw new AssertionError(application.log() + "\n" + cluster.logs(), e);
    }
    return address;
  }
}
