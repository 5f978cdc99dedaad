package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.LocalStack;
import io.millrace.testing.DataFrames;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are written more than once, and objects that are not there any more. */
class OverwriteTest {
  private static final String KEY = "in/orders.json";

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();

  @Test
  void aNewVersionsRowsReplaceTheOldOnesInOneCommit() throws Exception {
    Landing landing = new Landing(stack, folder);
    put(landing, "a", "b");
    landing.put("in/other.json", line("x"));
    run(landing, Map.of());
    assertIds(table(landing), "a", "b", "x");
    long before = version(landing);

    put(landing, "b", "c");
    run(landing, Map.of());

    assertIds(table(landing), "b", "c", "x");
    assertThat(version(landing)).isEqualTo(before + 1);
    assertIds(
        spark.read().format("delta").option("versionAsOf", before).load(landing.table()),
        "a",
        "b",
        "x");
  }

  @Test
  void ofTwoVersionsInOneBatchTheNewestWins() throws Exception {
    Landing landing = new Landing(stack, folder);
    put(landing, "a");
    put(landing, "b");

    List<JsonNode> batches = run(landing, Map.of());

    assertThat(outcomes(batches)).isEqualTo("{\"converted\":1,\"superseded\":1}");
    assertIds(table(landing), "b");
  }

  @Test
  void aVersionThatWasOverwrittenAfterItsEventIsReadByItsIdAndReplacedByTheNextEvent()
      throws Exception {
    Landing landing = Landing.versioned(stack, folder);
    put(landing, "a", "b");
    List<String> first = landing.drain();
    put(landing, "c");
    List<String> second = landing.drain();
    stack.s3().deleteObject(r -> r.bucket(landing.bucket()).key(KEY));

    landing.send(first);
    run(landing, Map.of("table.metadata-columns", "[version]"));
    assertIds(table(landing), "a", "b");
    assertThat(table(landing).where("_version IS NULL").count()).isZero();

    landing.send(second);
    run(landing, Map.of("table.metadata-columns", "[version]"));
    assertIds(table(landing), "c");
    assertThat(landing.isQueueEmpty()).as("the delete marker's event is ignored").isTrue();
  }

  @Test
  void appendKeepsTheRowsOfEveryVersion() throws Exception {
    Landing landing = Landing.versioned(stack, folder);
    put(landing, "a");
    put(landing, "a", "b");

    run(landing, Map.of("table.on-overwrite", "append"));

    assertIds(table(landing), "a", "a", "b");
  }

  @Test
  void ignoreTakesTheFirstVersionOnly() throws Exception {
    Landing landing = new Landing(stack, folder);
    put(landing, "a");
    run(landing, Map.of("table.on-overwrite", "ignore"));
    put(landing, "b");

    List<JsonNode> batches = run(landing, Map.of("table.on-overwrite", "ignore"));

    assertThat(outcomes(batches)).isEqualTo("{\"superseded\":1}");
    assertIds(table(landing), "a");
  }

  @Test
  void whatIsGoneOrChangedIsTold() throws Exception {
    Landing landing = new Landing(stack, folder);
    put(landing, "a");
    landing.put("in/gone.json", line("g"));
    stack.s3().deleteObject(r -> r.bucket(landing.bucket()).key("in/gone.json"));
    List<String> messages = landing.drain();
    put(landing, "b");
    List<String> later = landing.drain();

    landing.send(messages);
    List<JsonNode> batches = run(landing, Map.of());
    assertThat(outcomes(batches)).isEqualTo("{\"changed\":1,\"gone\":1}");
    assertIds(table(landing));

    landing.send(later);
    run(landing, Map.of());
    assertIds(table(landing), "b");
  }

  private List<JsonNode> run(Landing landing, Map<String, String> overrides) throws Exception {
    return AvailableRun.of(landing, overrides, spark);
  }

  /** What the only batch came to. */
  private static String outcomes(List<JsonNode> batches) {
    assertThat(batches).hasSize(1);
    return batches.get(0).required("outcomes").toString();
  }

  private static void put(Landing landing, String... ids) {
    StringBuilder text = new StringBuilder();
    for (String id : ids) {
      text.append(line(id));
    }
    landing.put(KEY, text.toString());
  }

  private static String line(String id) {
    return "{\"id\":\"" + id + "\"}\n";
  }

  private Dataset<Row> table(Landing landing) {
    return delta().load(landing.table());
  }

  private DataFrameReader delta() {
    return spark.read().format("delta");
  }

  private long version(Landing landing) {
    return spark
        .sql("DESCRIBE HISTORY delta.`" + landing.table() + "` LIMIT 1")
        .head()
        .getAs("version");
  }

  private void assertIds(Dataset<Row> table, String... ids) {
    DataFrames.assertSame(
        spark.createDataset(List.of(ids), Encoders.STRING()).toDF("id"), table.select("id"));
  }
}
