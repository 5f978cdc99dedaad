package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No clock decides what is converted. */
class ClockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than SQS and, by default, the ledger keep anything. */
  private static final Duration LONG_STOP = Duration.ofDays(40);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void prepare() {
    landing = new Landing(stack, folder);
  }

  @Test
  void aClockThatIsOffByHoursOrJumpsChangesNothing() throws Exception {
    Random random = new Random(1);
    List<InstantSource> clocks =
        List.of(
            InstantSource.system(),
            () -> Instant.now().plus(Duration.ofHours(9)),
            () -> Instant.now().minus(Duration.ofHours(9)),
            () -> Instant.now().plusSeconds(random.nextInt(-40_000, 40_000)));
    for (InstantSource clock : clocks) {
      landing.land(2, 10);
      List<String> messages = landing.drain();
      landing.send(messages);
      AvailableRun.of(landing, Map.of(), spark, clock);
      landing.assertArrived(spark);

      landing.send(messages);
      assertThat(AvailableRun.of(landing, Map.of(), spark, clock)).isEmpty();
      landing.assertArrived(spark);
    }
  }

  @Test
  void whatWaitedWhileTheStreamStoodStillForFortyDaysIsConverted() throws Exception {
    landing.land(2, 10);
    AvailableRun.of(landing, Map.of(), spark);
    landing.land(2, 10);
    recordWithoutConverting();
    landing.land(2, 10); // its events still lie in the queue

    AvailableRun.of(landing, Map.of(), spark, () -> Instant.now().plus(LONG_STOP));

    landing.assertArrived(spark);
    landing.land(1, 10);
    AvailableRun.of(landing, Map.of(), spark, () -> Instant.now().plus(LONG_STOP));
    landing.assertArrived(spark);
  }

  /** Runs until the queue is empty, while no object can be read. */
  private void recordWithoutConverting() throws Exception {
    RequestMatch reads = RequestMatch.s3("GET", landing.bucket());
    Map<String, String> overrides = new HashMap<>(Landing.continuous());
    overrides.put("shutdown.timeout", "0ms");
    try (InjectedFault fault = stack.inject(Fault.status(reads, 503));
        RunningApplication application =
            RunningApplication.start(landing.config(overrides), spark)) {
      fault.awaitHits(1, PATIENCE);
      await().atMost(PATIENCE).until(landing::isQueueEmpty);
      assertThat(application.query().isActive()).isTrue();
    }
    assertThat(landing.rows(spark)).hasSize(20);
  }
}
