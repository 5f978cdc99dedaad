package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.metrics.Scrape;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole application while S3 is out of order; its clock goes by what it was told to wait. */
class OutageTest {
  private final Instant begin = Instant.now();
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private final AtomicReference<Instant> now = new AtomicReference<>(begin);
  private final List<Outage> seen = new ArrayList<>();
  private final List<String> health = new ArrayList<>();
  private Landing landing;

  @BeforeEach
  void land() {
    landing = new Landing(stack, folder);
  }

  @Test
  void anHourOf503QuarantinesNothingAndEndsWithEveryRecordConverted() throws Exception {
    landing.land(5, 10);

    runInto(Fault.status(reads(), 503));

    assertThat(landing.rows(spark)).isEqualTo(landing.landed());
    assertThat(quarantine("kind")).isEmpty();
    Outage last = seen.get(seen.size() - 1);
    assertThat(last.since()).isEqualTo(begin);
    assertThat(last.failures()).isEqualTo(seen.size()).isBetween(30, 80);
    assertThat(last.reason()).contains("S3 answers 503 SlowDown");
  }

  @Test
  void credentialsThatExpireAreSaidByHealthAndLogAndQuarantineNothing() throws Exception {
    landing.land(3, 10);

    runInto(Fault.refusal(reads(), 400, "ExpiredToken"));

    assertThat(landing.rows(spark)).isEqualTo(landing.landed());
    assertThat(quarantine("kind")).isEmpty();
    String said = "S3 does not accept the application's credentials (ExpiredToken)";
    assertThat(seen).allMatch(outage -> outage.reason().equals(said)); // the log has the reason
    assertThat(health.get(health.size() - 1))
        .contains("\"batches\":{\"ok\":false,\"message\":\"")
        .contains("tries in a row have failed since " + begin + "; " + said);
  }

  @Test
  void aPolicyThatDeniesEverythingForAnHourQuarantinesNothing() throws Exception {
    landing.land(2, 10);

    runInto(Fault.status(reads(), 403));

    assertThat(landing.rows(spark)).isEqualTo(landing.landed());
    assertThat(quarantine("kind")).isEmpty();
    assertThat(seen).hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @CsvSource({"parquet, direct", "parquet, spark", "delta, direct"})
  void anHourInWhichNothingCanBeWrittenIsWaitedFor(String format, String engine) throws Exception {
    String lake = stack.createBucket("lake");
    landing.keepingStateIn("s3://" + lake + "/state").writing(format);
    landing.land(2, 10);

    try (InjectedFault outage =
        stack.inject(Fault.status(RequestMatch.s3(lake).withKeyPrefix("state/table/date="), 403))) {
      run(Map.of("table.on-overwrite", "append", "engine", engine), Optional.of(outage));
    }

    assertThat(landing.rows(spark)).isEqualTo(landing.landed());
    assertThat(seen).hasSizeGreaterThan(30);
    assertThat(seen.get(0).reason()).startsWith("the conversion failed: ");
  }

  @Test
  void aPolicyThatRefusesOneKeyCostsThatObjectOnlyEvenWhereItIsABatchOfItsOwn() throws Exception {
    String denied = "in/denied";
    landing.put(denied, "{\"id\":\"secret\"}\n");
    landing.land(2, 10);

    try (InjectedFault policy = stack.inject(Fault.status(reads().withKeyPrefix(denied), 403))) {
      run(Map.of("admission.max-objects", "1"), Optional.empty());
      assertThat(policy.hits()).isPositive();
    }

    assertThat(landing.rows(spark)).isEqualTo(landing.landed());
    assertThat(quarantine("kind", "key", "reason", "detail", "object_size"))
        .containsExactly("[object,in/denied,access-denied,S3 answers 403 AccessDenied,16]");
    assertThat(seen).isEmpty();
  }

  /** Runs while the fault is there for an hour, and until everything is done. */
  private void runInto(Fault fault) throws Exception {
    try (InjectedFault outage = stack.inject(fault)) {
      run(Map.of("s3.attempts", "1"), Optional.of(outage));
    }
  }

  private void run(Map<String, String> overrides, Optional<InjectedFault> outage) throws Exception {
    AtomicReference<StreamApplication> running = new AtomicReference<>();
    BackOff backOff =
        new BackOff(
            () -> 0.5,
            wait -> {
              seen.add(running.get().outage().orElseThrow());
              health.add(healthOf(running.get()));
              Instant then = now.updateAndGet(time -> time.plus(wait));
              if (Duration.between(begin, then).compareTo(HOUR) > 0) {
                outage.orElseThrow().close();
              }
            });
    try (StreamApplication application =
        StreamApplication.open(landing.config(overrides), spark, null, now::get, backOff)) {
      running.set(application);
      application.run();
      assertThat(application.outage()).isEmpty();
    }
  }

  private static String healthOf(StreamApplication application) throws InterruptedException {
    try {
      return Scrape.get(application.metricsAddress().orElseThrow(), "/health").body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> quarantine(String... columns) {
    return spark
        .read()
        .format("delta")
        .load(landing.table() + "_quarantine")
        .selectExpr(columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private RequestMatch reads() {
    return RequestMatch.s3("GET", landing.bucket());
  }
}
