package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application costs while nothing lands, with all of its state in S3. */
class IdleCostTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TRIGGERS = 30;

  /** Of a single trigger. */
  private static final long MOST_REQUESTS = 5;

  private static final long MOST_DRIVER_MILLIS = 200;

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();

  @Test
  void aTriggerThatFindsNothingToDoCostsNextToNothing() throws Exception {
    String state = stack.createBucket("state");
    Landing landing = new Landing(stack, folder).keepingStateIn("s3://" + state);
    Map<String, String> fast = new HashMap<>(Landing.continuous());
    fast.put("trigger.interval", "100ms");
    try (RunningApplication application = RunningApplication.start(landing.config(fast), spark)) {
      StreamingQuery query = application.query();
      landing.land(1, 1);
      await().atMost(PATIENCE).until(() -> idleAfterWork(query));

      List<StreamingQueryProgress> idle;
      try (RequestCounter requests = stack.count(RequestMatch.s3(state));
          RequestCounter reads = stack.count(RequestMatch.s3(landing.bucket()))) {
        String last = query.lastProgress().timestamp();
        idle =
            await()
                .atMost(PATIENCE)
                .until(() -> after(query, last), triggers -> triggers.size() >= TRIGGERS);
        assertThat(requests.total())
            .as("requests of %d triggers: %s", idle.size(), requests.byOperation())
            .isLessThanOrEqualTo(MOST_REQUESTS * idle.size());
        assertThat(reads.total()).isZero();
      }
      assertThat(idle).allMatch(trigger -> trigger.numInputRows() == 0);
      List<Long> millis =
          idle.stream()
              .map(trigger -> trigger.durationMs().get("triggerExecution"))
              .sorted()
              .toList();
      assertThat(millis.get(millis.size() / 2))
          .as("milliseconds of idle triggers: %s", millis)
          .isLessThan(MOST_DRIVER_MILLIS);
    }
  }

  /** The watch is no part of a trigger, but an idle stream pays for it too. */
  @Test
  void aLookForNewOwnersAndRequestsCostsNoMoreThanATriggerMay() throws Exception {
    String state = stack.createBucket("state");
    try (HadoopLedgerStore store =
            HadoopLedgerStore.open(
                "s3://" + state + "/ledger", spark.sparkContext().hadoopConfiguration());
        Ledger ledger =
            Ledger.takeOver(store, "idle", LedgerSettings.defaults(), InstantSource.system());
        RequestCounter requests = stack.count(RequestMatch.s3(state))) {
      ledger.checkOwner();
      assertThat(ledger.nextRequest()).isEmpty();

      assertThat(requests.total()).as("%s", requests.byOperation()).isBetween(1L, MOST_REQUESTS);
    }
  }

  private static boolean idleAfterWork(StreamingQuery query) {
    List<Long> rows =
        Stream.of(query.recentProgress()).map(StreamingQueryProgress::numInputRows).toList();
    return rows.stream().anyMatch(count -> count > 0) && rows.get(rows.size() - 1) == 0;
  }

  /** Triggers after one that began at this time, which Spark writes in ISO form. */
  private static List<StreamingQueryProgress> after(StreamingQuery query, String timestamp) {
    return Stream.of(query.recentProgress())
        .filter(trigger -> trigger.timestamp().compareTo(timestamp) > 0)
        .toList();
  }
}
