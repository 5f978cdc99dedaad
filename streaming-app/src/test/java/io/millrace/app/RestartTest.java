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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application in processes of its own, which are ended roughly and begun again. */
class RestartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();

  /** Secrets that nobody needs: whatever the application prints, it does not print them. */
  private static final Map<String, String> CANARIES =
      Map.of(
          "spark-conf",
          "{spark.hadoop.fs.s3a.bucket.none.secret.key: canary-key,"
              + " spark.hadoop.fs.s3a.bucket.none.session.token: canary-token,"
              + " spark.ssl.keyPassword: canary-password}");

  private final List<String> messages = new ArrayList<>();
  private Landing landing;
  private String state;

  @BeforeEach
  void prepare() {
    state = stack.createBucket("state");
    landing = new Landing(stack, folder).keepingStateIn("s3://" + state);
  }

  @Test
  void everyRecordArrivesOnceWhereverTheApplicationIsKilled() throws Exception {
    // When one of the two objects has been read.
    killAt(Fault.stall(RequestMatch.s3("GET", landing.bucket()), 0).skipping(1));
    killAt(Fault.stall(RequestMatch.s3("PUT", state).withKeyPrefix("ledger/prepared"), 0));
    killAt(Fault.stall(RequestMatch.s3("PUT", state).withKeyPrefix("table/_delta_log"), 0));
    runUntilAllArrived();

    deleteCheckpoint();
    landAndKeepMessages();
    redeliverEverything();
    runUntilAllArrived();

    redeliverEverything();
    try (ApplicationProcess application = start()) {
      await().atMost(PATIENCE).until(landing::isQueueEmpty);
      assertThat(application.isAlive()).isTrue();
    }
    landing.assertArrived(spark);
  }

  @Test
  void aSecondApplicationTakesTheStreamOverAndTheFirstEndsWithoutAFight() throws Exception {
    landing.land(2, 10);
    try (ApplicationProcess first = start()) {
      first.awaitAllArrived(landing, spark);
      try (ApplicationProcess second = start()) {
        assertThat(first.awaitExit()).as(first.log()).isZero();
        assertThat(first.log()).contains("has taken the stream over");

        landing.land(2, 10);
        second.awaitAllArrived(landing, spark);
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  @Test
  void sigtermFinishesTheBatchUnderWay() throws Exception {
    landing.land(3, 10);
    try (ApplicationProcess application = start(CANARIES)) {
      try (InjectedFault stall =
          stack.inject(Fault.stall(RequestMatch.s3("GET", landing.bucket()), 0).atMost(1))) {
        stall.awaitHits(1, PATIENCE);
        application.terminate();
      }
      assertThat(application.awaitExit()).as(application.log()).isEqualTo(143);
      assertThat(application.log())
          .contains("********")
          .doesNotContain("canary", stack.secretKey());
    }
    landing.assertArrived(spark);
  }

  @Test
  void sigtermAbandonsABatchThatTakesTooLong() throws Exception {
    landing.land(3, 10);
    try (InjectedFault stall =
            stack.inject(Fault.stall(RequestMatch.s3("GET", landing.bucket()), 0));
        ApplicationProcess application = start(Map.of("shutdown.timeout", "1s"))) {
      stall.awaitHits(1, PATIENCE);
      application.terminate();
      assertThat(application.awaitExit()).as(application.log()).isEqualTo(143);
    }
    runUntilAllArrived();
  }

  /** Lands objects, lets the application run into the fault, and kills it there. */
  private void killAt(Fault fault) throws Exception {
    landAndKeepMessages();
    try (InjectedFault stall = stack.inject(fault);
        ApplicationProcess application = start()) {
      stall.awaitHits(1, PATIENCE);
      application.kill();
    }
  }

  private void runUntilAllArrived() throws Exception {
    try (ApplicationProcess application = start()) {
      application.awaitAllArrived(landing, spark);
    }
  }

  /** Lands objects while no application runs, and keeps their messages to send them again. */
  private void landAndKeepMessages() {
    landing.land(2, 10);
    List<String> fresh = landing.drain();
    messages.addAll(fresh);
    landing.send(fresh);
  }

  private void redeliverEverything() {
    landing.send(messages);
  }

  private void deleteCheckpoint() throws Exception {
    org.apache.hadoop.fs.Path checkpoint =
        new org.apache.hadoop.fs.Path("s3://" + state + "/checkpoint");
    FileSystem files = checkpoint.getFileSystem(spark.sparkContext().hadoopConfiguration());
    assertThat(files.delete(checkpoint, true)).isTrue();
  }

  private ApplicationProcess start() throws Exception {
    return start(Map.of());
  }

  private ApplicationProcess start(Map<String, String> overrides) throws Exception {
    Map<String, String> all = new HashMap<>(Landing.continuous());
    all.putAll(overrides);
    return ApplicationProcess.start(landing, all);
  }
}
