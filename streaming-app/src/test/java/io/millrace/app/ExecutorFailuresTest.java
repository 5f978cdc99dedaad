package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cluster.StandaloneCluster;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.metrics.Scrape;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may become of a task, on two machines that have an executor each. */
class ExecutorFailuresTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private final String state = stack.createBucket("state");
  private Landing landing;

  @ParameterizedTest
  @ValueSource(strings = {"delta", "parquet"})
  void everyRecordArrivesOnceWhateverBecomesOfItsTask(String format) throws Exception {
    landing = new Landing(stack, folder).keepingStateIn("s3://" + state).writing(format);
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 1, 1);
        ApplicationProcess application = start(cluster)) {
      cluster.startWorkerOn("localhost", 1); // Spark puts no twin on the host of the first attempt
      landing.land(2, 50);
      application.awaitAllArrived(landing, spark);

      InetSocketAddress metrics = application.metricsAddress();
      retry(application, metrics);
      kill(application, cluster);
      speculate(application, metrics);
    }
  }

  /** An attempt fails once all of its rows are written, but for the last answer. */
  private void retry(ApplicationProcess application, InetSocketAddress metrics) throws Exception {
    RequestMatch upload = RequestMatch.s3("PUT", state).withKeyPrefix("table/date=");
    long failed = failed(metrics);
    try (InjectedFault refused = stack.inject(Fault.status(upload, 403).atMost(1))) {
      landing.land(1, 50);
      refused.awaitHits(1, PATIENCE);
      application.awaitAllArrived(landing, spark);
    }
    assertThat(failed(metrics)).isGreaterThan(failed);
  }

  /** All executors end while one of them reads. */
  private void kill(ApplicationProcess application, StandaloneCluster cluster) throws Exception {
    RequestMatch read = RequestMatch.s3("GET", landing.bucket());
    try (InjectedFault stall = stack.inject(Fault.stall(read, 10).atMost(1))) {
      landing.land(1, 50);
      stall.awaitHits(1, PATIENCE);
      cluster.killExecutors();
      application.awaitAllArrived(landing, spark);
    }
  }

  /** The first attempt goes on to read and write when its twin's files are committed. */
  private void speculate(ApplicationProcess application, InetSocketAddress metrics)
      throws Exception {
    RequestMatch read = RequestMatch.s3("GET", landing.bucket());
    long failed = failed(metrics);
    try (InjectedFault stall = stack.inject(Fault.stall(read, 10).atMost(1))) {
      landing.land(1, 50);
      stall.awaitHits(1, PATIENCE);
      application.awaitAllArrived(landing, spark);
    }
    await().atMost(PATIENCE).until(() -> failed(metrics) > failed);
    landing.land(1, 50);
    application.awaitAllArrived(landing, spark);
  }

  private static long failed(InetSocketAddress metrics) throws Exception {
    return Scrape.of(metrics).count("millrace_tasks_total", "failed");
  }

  private ApplicationProcess start(StandaloneCluster cluster) throws Exception {
    Map<String, String> conf = cluster.sparkConf("600m");
    conf.put("spark.speculation", "true");
    conf.put("spark.speculation.interval", "100ms");
    conf.put("spark.speculation.task.duration.threshold", "3s");
    Map<String, String> all = new HashMap<>(Landing.continuous());
    all.put("spark-conf", StandaloneCluster.yaml(conf));
    all.put("checkpoint", folder.resolve("checkpoint").toString());
    return ApplicationProcess.start(landing, all);
  }
}
