package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ledger.SizedLedgerStore;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.metrics.MetersReference;
import io.millrace.metrics.MetricsException;
import io.millrace.metrics.Monitoring;
import io.millrace.metrics.Scrape;
import io.millrace.request.ProcessRequests;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();

  @Test
  void aRunningApplicationTellsWhatTheReferenceSaysAndNothingElse() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.land(3, 10);
    landing.put("in/malformed.json", "{\"id\":\"x\"}\nnot json\n");
    landing.put("in/empty.json", "");
    landing.send(List.of("{truncated"));

    long readBefore = objectReads();
    try (RequestCounter reads = stack.count(RequestMatch.s3("GET", landing.bucket()));
        Running running = Running.open(landing, spark)) {
      InetSocketAddress address = running.application.metricsAddress().orElseThrow();
      assertThatItLivesAndIsNotReady(address);
      running.thread.start();
      await()
          .atMost(LIMIT)
          .until(() -> Scrape.of(address).value("millrace_outcomes_total", "converted") == 4);

      await().atMost(LIMIT).until(() -> Scrape.get(address, "/health").statusCode() == 200);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(Scrape.of(address).value("millrace_lag_objects")).isZero());
      Scrape scrape = Scrape.of(address);
      MetersReference.assertThatAllAreTold(scrape.families());
      assertThat(scrape.value("millrace_lag_bytes")).isZero();
      assertThat(scrape.value("millrace_lag_seconds")).isZero();
      assertThat(scrape.value("millrace_lag_drain_seconds")).isZero();
      assertThat(scrape.value("millrace_records_converted_total")).isEqualTo(31);
      assertThat(scrape.value("millrace_records_malformed_total")).isEqualTo(1);
      assertThat(scrape.value("millrace_records_read_total")).isEqualTo(32);
      assertThat(scrape.value("millrace_arrivals_total")).isEqualTo(4);
      assertThat(scrape.value("millrace_arrivals_bytes_total"))
          .isEqualTo(scrape.value("millrace_outcomes_bytes_total"))
          .isPositive();
      assertThat(scrape.value("millrace_committed_ordinal")).isEqualTo(4);
      assertThat(scrape.value("millrace_ledger_head_ordinal")).isEqualTo(4);
      assertThat(scrape.value("millrace_latency_seconds_count")).isEqualTo(4);
      assertThat(scrape.value("millrace_latency_seconds_bucket", "le=\"86400.0\"")).isEqualTo(4);
      assertThat(scrape.value("millrace_messages_received_total")).isEqualTo(6);
      assertThat(scrape.value("millrace_messages_deleted_total")).isEqualTo(6);
      assertThat(scrape.value("millrace_notifications_ignored_total", "empty-object")).isEqualTo(1);
      assertThat(scrape.value("millrace_notifications_rejected_total", "not-json")).isEqualTo(1);
      assertThat(scrape.value("millrace_storage_requests_total", "sqs", "ReceiveMessage"))
          .isPositive();
      assertThat(scrape.count("millrace_storage_requests_total", "\"s3\"", "GetObject"))
          .as("of driver and tasks in one JVM, each once")
          .isEqualTo(readBefore + reads.total());
      assertThatTheLedgersSizeIsTold(scrape);
      assertThat(scrape.value("millrace_tasks_total", "succeeded")).isPositive();
      assertThat(scrape.value("millrace_health_ready")).isEqualTo(1);
      assertThat(scrape.text()).doesNotContain("malformed.json", "not json", stack.secretKey());
    }
  }

  @Test
  void whatArrivesAfterARestartIsCountedAndNothingElse() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.land(3, 10);
    try (Running running = Running.open(landing, spark)) {
      running.thread.start();
      awaitCommitted(running, 3);
    }
    double before = objectBytes(landing);

    try (Running running = Running.open(landing, spark)) {
      running.thread.start();
      landing.land(1, 20);
      awaitCommitted(running, 4);

      Scrape scrape = Scrape.of(running.application.metricsAddress().orElseThrow());
      assertThat(scrape.value("millrace_arrivals_bytes_total"))
          .isEqualTo(objectBytes(landing) - before);
    }
  }

  private static void awaitCommitted(Running running, int ordinal) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                Scrape.of(running.application.metricsAddress().orElseThrow())
                        .value("millrace_committed_ordinal")
                    == ordinal);
  }

  private double objectBytes(Landing landing) {
    return stack.s3().listObjectsV2(r -> r.bucket(landing.bucket())).contents().stream()
        .mapToDouble(object -> (double) object.size())
        .sum();
  }

  @Test
  void aPortInUseIsSaidBeforeTheStreamIsTakenOver() throws Exception {
    Landing landing = new Landing(LocalStack.shared(), folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String bind = "127.0.0.1:" + taken.getLocalPort();

      assertThatThrownBy(
              () ->
                  StreamApplication.open(
                      landing.config(Map.of("metrics.bind", bind)),
                      spark,
                      null,
                      InstantSource.system()))
          .isInstanceOf(MetricsException.class)
          .hasMessage(
              "metrics.bind is %s, where this machine can't listen: another program has the port,"
                      .formatted(bind)
                  + " or the address is not one of this machine's. Choose another address, port 0"
                  + " for any free port, or none for no metrics")
          .satisfies(e -> assertThat(ExitStatus.of(e).code()).isEqualTo(ExitStatus.REFUSED));
      assertThat(folder.resolve("ledger")).doesNotExist();
    }
  }

  @Test
  void withoutAnAddressNothingListens() {
    try (Monitoring monitoring = Monitoring.start("s", Optional.empty(), InstantSource.system())) {
      assertThat(monitoring.address()).isEmpty();
    }
  }

  /** In this JVM, in which other tests have read before. */
  private static long objectReads() {
    return ProcessRequests.counts(List.of()).objects().requests().getOrDefault("GetObject", 0L);
  }

  private void assertThatTheLedgersSizeIsTold(Scrape scrape) throws IOException {
    long told = 0;
    for (String kind : SizedLedgerStore.kinds()) {
      told += scrape.count("millrace_ledger_size_bytes", "kind=\"" + kind + "\"");
    }
    try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
      assertThat(told)
          .isEqualTo(
              files
                  .filter(Files::isRegularFile)
                  .filter(file -> !file.getFileName().toString().startsWith("."))
                  .mapToLong(file -> file.toFile().length())
                  .sum())
          .isPositive();
    }
    assertThat(scrape.value("millrace_ledger_size_bytes", "rejected")).isPositive();
  }

  private static void assertThatItLivesAndIsNotReady(InetSocketAddress address) throws Exception {
    HttpResponse<String> health = Scrape.get(address, "/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body())
        .isEqualTo(
            "{\"live\":true,\"ready\":false,\"checks\":{\"query\":{\"ok\":false,\"message\":\"the"
                + " query is not running\"},\"batches\":{\"ok\":true},\"queue\":{\"ok\":true},"
                + "\"ledger\":{\"ok\":true}}}");
    assertThat(Scrape.get(address, "/health/live").statusCode()).isEqualTo(200);
    assertThat(Scrape.get(address, "/elsewhere").statusCode()).isEqualTo(404);
  }

  /** An application, and the thread that is to run it. */
  private record Running(
      StreamApplication application, Thread thread, AtomicReference<@Nullable Exception> failure)
      implements AutoCloseable {

    static Running open(Landing landing, SparkSession spark) throws Exception {
      StreamApplication application =
          StreamApplication.open(
              landing.config(Landing.continuous()), spark, null, InstantSource.system());
      AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  application.run();
                } catch (Exception e) {
                  failure.set(e);
                }
              },
              "application");
      return new Running(application, thread, failure);
    }

    @Override
    public void close() {
      try {
        application.stop();
        thread.join();
      } catch (TimeoutException | InterruptedException e) {
        throw new AssertionError("the application does not end", e);
      } finally {
        application.close();
      }
      assertThat(failure.get()).isNull();
    }
  }
}
