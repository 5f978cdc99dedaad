package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.sink.SinkException;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamApplicationTest {
  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void land() {
    landing = new Landing(stack, folder);
  }

  @Test
  void whatWasSentBeforeTheStartArrivesOnce() throws Exception {
    landing.land(7, 100);

    runAvailable(Map.of("admission.max-objects", "3"));
    landing.assertArrived(spark);

    landing.land(2, 10);
    runAvailable(Map.of());
    landing.assertArrived(spark);
    assertThat(landing.drain()).isEmpty();
  }

  @Test
  void messagesThatComeAgainChangeNothing() throws Exception {
    landing.land(5, 10);
    List<String> messages = landing.drain();
    landing.send(messages);
    landing.send(messages);

    runAvailable(Map.of());
    landing.send(messages);
    runAvailable(Map.of());

    landing.assertArrived(spark);
  }

  @Test
  void aLateArrivalWithAnEarlierKeyAndTimeIsNotSkipped() throws Exception {
    landing.land(2, 10);
    List<String> messages = landing.drain();
    landing.send(messages.subList(1, 2));
    runAvailable(Map.of());
    assertThat(landing.rows(spark)).hasSize(10);

    landing.send(
        List.of(
            messages
                .get(0)
                .replaceFirst(
                    "\"eventTime\":\"[^\"]*\"", "\"eventTime\":\"2001-01-01T00:00:00.000Z\"")
                .replaceFirst("\"sequencer\":\"[^\"]*\"", "\"sequencer\":\"00\"")));
    runAvailable(Map.of());

    landing.assertArrived(spark);
  }

  @Test
  void aTableWithRowsOfAnotherStreamIsRefusedWhereRowsWouldBeReplaced() throws Exception {
    landing.land(1, 1);
    runAvailable(Map.of());
    Map<String, String> another =
        Map.of(
            "stream", "another",
            "ledger.path", folder.resolve("another-ledger").toString(),
            "checkpoint", folder.resolve("another-checkpoint").toString());

    assertThatThrownBy(() -> runAvailable(another))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("Give each stream a table of its own");

    Map<String, String> appending = new HashMap<>(another);
    appending.put("table.on-overwrite", "append");
    landing.land(1, 1);
    runAvailable(appending);
    landing.assertArrived(spark);
  }

  @Test
  void aBatchThatWasPlannedTooLargeBeforeARestartIsDoneInSeveral() throws Exception {
    landing.land(7, 10);
    try (InjectedFault outage =
            stack.inject(Fault.status(RequestMatch.s3("GET", landing.bucket()), 503));
        RunningApplication application =
            RunningApplication.start(landing.config(Map.of("shutdown.timeout", "0ms")), spark)) {
      outage.awaitHits(1, Duration.ofMinutes(1)); // Spark's checkpoint has the plan by now
      assertThat(application.query().isActive()).isTrue();
    }
    assertThat(folder.resolve("checkpoint/offsets/0")).content().contains("\"ordinal\":7");
    assertThat(folder.resolve("checkpoint/commits/0")).doesNotExist();

    List<JsonNode> batches = AvailableRun.of(landing, Map.of("admission.max-objects", "3"), spark);

    assertThat(batches)
        .extracting(batch -> batch.get("first") + " to " + batch.get("committed"))
        .containsExactly("1 to 3", "4 to 6", "7 to 7");
    landing.assertArrived(spark);
  }

  private void runAvailable(Map<String, String> overrides) throws Exception {
    try (StreamApplication application =
        StreamApplication.open(landing.config(overrides), spark, null, InstantSource.system())) {
      application.run();
    }
  }
}
