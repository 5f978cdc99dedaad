package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.LocalStack;
import io.millrace.testing.DataFrames;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in a Spark program that has nothing else of ours. */
class SparkProgramTest {
  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private final List<Row> expected = new ArrayList<>();
  private Landing landing;

  @BeforeEach
  void prepare() {
    landing = new Landing(stack, folder);
  }

  @Test
  void theRowsOfAQueryAreTheObjectsThatLanded() throws Exception {
    land(3);

    StreamingQuery query = run(rows -> {});

    DataFrames.assertSame(expected(), arrivals());
    DataFrames.assertSame(spark.range(1, 4).toDF("ordinal"), written().select("ordinal"));
    assertThat(written().schema().fieldNames()).isEqualTo(ArrivalRow.SCHEMA.fieldNames());
    assertThat(
            written()
                .where(
                    "origin = 'EVENT' AND NOT bornSuperseded AND versionId IS NULL"
                        + " AND sequencer IS NOT NULL AND recordedAt >= eventTime"
                        + " AND eventTime > current_timestamp() - INTERVAL 10 MINUTES")
                .count())
        .isEqualTo(3);
    assertThat(query.lastProgress().sources()[0].metrics())
        .containsEntry("headOrdinal", "3")
        .containsEntry("committedOrdinal", "3")
        .containsEntry("backlogObjects", "0");
  }

  @Test
  void availableNowLeavesWhatWasSentLaterToTheNextRunWhichGoesOnAtTheCheckpoint() throws Exception {
    land(2);
    run(rows -> land(1));
    assertThat(written().count()).isEqualTo(2);

    run(rows -> {});
    DataFrames.assertSame(expected(), arrivals());

    run(rows -> {});
    DataFrames.assertSame(expected(), arrivals());
  }

  @Test
  void theCheckpointOfAnotherStreamIsRefused() throws Exception {
    land(1);
    run(rows -> {});
    landing = new Landing(stack, Files.createDirectory(folder.resolve("other")));
    land(1);

    assertThatThrownBy(() -> run(rows -> {}))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("Spark's checkpoint is of stream landing with ledger")
        .hasMessageContaining("Give each stream a checkpoint of its own");
  }

  @Test
  void aProgramThatNamesNoConfigurationIsTold() {
    Dataset<Row> stream = spark.readStream().format("millrace").load();

    assertThatThrownBy(
            () ->
                stream
                    .writeStream()
                    .format("noop")
                    .trigger(Trigger.AvailableNow())
                    .start()
                    .awaitTermination())
        .hasStackTraceContaining("the source needs the option config");
  }

  @Test
  void theSourceCannotBeReadAsATable() {
    assertThatThrownBy(() -> spark.read().format("millrace").load().count())
        .hasMessageContaining("millrace");
  }

  private void land(int objects) {
    for (String key : landing.land(objects, 2)) {
      var head = stack.s3().headObject(r -> r.bucket(landing.bucket()).key(key));
      expected.add(
          RowFactory.create(
              landing.bucket(), key, head.eTag().replace("\"", ""), head.contentLength()));
    }
  }

  /** Runs until all that was sent is taken, each batch's rows into files and then to the hook. */
  private StreamingQuery run(Hook hook) throws Exception {
    Path config = Files.writeString(landing.folder().resolve("stream.yaml"), landing.yaml());
    VoidFunction2<Dataset<Row>, Long> batch =
        (rows, id) -> {
          rows.write().mode("append").parquet(folder.resolve("rows").toString());
          hook.after(rows);
        };
    StreamingQuery query =
        spark
            .readStream()
            .format("millrace")
            .option("config", config.toString())
            .load()
            .writeStream()
            .option("checkpointLocation", folder.resolve("query").toString())
            .trigger(Trigger.AvailableNow())
            .foreachBatch(batch)
            .start();
    query.awaitTermination();
    return query;
  }

  private interface Hook {
    void after(Dataset<Row> rows);
  }

  private Dataset<Row> written() {
    return spark.read().parquet(folder.resolve("rows").toString());
  }

  private Dataset<Row> arrivals() {
    return written().select("bucket", "key", "etag", "size");
  }

  private Dataset<Row> expected() {
    return spark.createDataFrame(
        expected, StructType.fromDDL("bucket STRING, key STRING, etag STRING, size BIGINT"));
  }
}
