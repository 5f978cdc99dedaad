package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.sink.SinkException;
import io.millrace.testing.DataFrames;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole application with a directory of Parquet files. */
class ParquetOutputTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Map<String, String> PARQUET = Map.of("table.format", "parquet");

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();

  @Test
  void sparkAndDuckDbReadWhatArrivedOnALocalDisk() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.land(5, 20);
    landing.put("in/bad.json", "nonsense\n");

    AvailableRun.of(landing, PARQUET, spark);
    AvailableRun.of(landing, PARQUET, spark);
    landing.land(3, 20);
    AvailableRun.of(landing, PARQUET, spark);

    assertArrived(landing);
    List<String> ids = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT id FROM read_parquet('%s/**/*.parquet', hive_partitioning = true)"
                        .formatted(landing.table())
                    + " WHERE date IS NOT NULL AND hour BETWEEN 0 AND 23")) {
      while (result.next()) {
        ids.add(result.getString(1));
      }
    }
    Collections.sort(ids);
    assertThat(ids).isEqualTo(landing.landed());
    assertThat(spark.read().format("delta").load(landing.quarantine()).count()).isEqualTo(1);
  }

  @Test
  void everyRecordArrivesOnceInS3WhereverTheApplicationIsKilled() throws Exception {
    String state = stack.createBucket("state");
    Landing landing = new Landing(stack, folder).keepingStateIn("s3://" + state);
    RequestMatch puts = RequestMatch.s3("PUT", state);

    killAt(landing, Fault.stall(puts.withKeyPrefix("table/date="), 0));
    killAt(landing, Fault.stall(puts.withKeyPrefix("ledger/prepared"), 0));
    // Before any file is visible, and when all are.
    killAt(landing, Fault.stall(puts.withKeyPrefix("table/_millrace/streams/"), 0).skipping(1));
    killAt(landing, Fault.stall(puts.withKeyPrefix("table/_millrace/streams/"), 0).skipping(2));

    landing.land(2, 10);
    try (ApplicationProcess application = start(landing)) {
      await()
          .atMost(PATIENCE)
          .failFast(() -> assertThat(application.isAlive()).as(application.log()).isTrue())
          .ignoreExceptions()
          .until(() -> table(landing).count() == landing.landed().size());
    }
    assertArrived(landing);
    assertThat(stack.s3().listMultipartUploads(r -> r.bucket(state)).uploads())
        .as("what the killed tasks left is younger than table.abandoned-after, or taken back")
        .allMatch(upload -> upload.key().startsWith("table/date="));
  }

  @Test
  void everyVersionOfAKeyIsKept() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.put("in/a.json", "{\"id\":\"old\"}\n");
    AvailableRun.of(landing, PARQUET, spark);
    landing.put("in/a.json", "{\"id\":\"new\"}\n");

    List<JsonNode> batches = AvailableRun.of(landing, PARQUET, spark);

    assertThat(batches).hasSize(1);
    DataFrames.assertSame(
        spark.createDataset(List.of("new", "old"), Encoders.STRING()).toDF("id"),
        table(landing).select("id"));
  }

  @Test
  void aDirectoryThatIsADeltaTableIsRefusedBeforeAnythingIsTakenOver() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.land(1, 1);
    AvailableRun.of(landing, Map.of(), spark);

    assertThatThrownBy(() -> AvailableRun.of(landing, PARQUET, spark))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("is a Delta table");
  }

  private void killAt(Landing landing, Fault fault) throws Exception {
    landing.land(2, 10);
    try (InjectedFault stall = stack.inject(fault);
        ApplicationProcess application = start(landing)) {
      stall.awaitHits(1, PATIENCE);
      application.kill();
    }
  }

  private static ApplicationProcess start(Landing landing) throws Exception {
    Map<String, String> overrides = new HashMap<>(Landing.continuous());
    overrides.putAll(PARQUET);
    return ApplicationProcess.start(landing, overrides);
  }

  private Dataset<Row> table(Landing landing) {
    return spark.read().parquet(landing.table());
  }

  private void assertArrived(Landing landing) {
    DataFrames.assertSame(
        spark.createDataset(landing.landed(), Encoders.STRING()).toDF("id"),
        table(landing).select("id"));
  }
}
