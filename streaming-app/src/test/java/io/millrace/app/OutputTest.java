package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.config.ConfigException;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import io.millrace.testing.DataFrames;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** What a stream's configuration makes of its records, in the tables. */
class OutputTest {
  private static final String DDL = "id STRING, n INT, at TIMESTAMP";

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void prepare() {
    landing = new Landing(stack, folder);
  }

  @Test
  void projectionPartitionsAndMetadataMakeTheTable() throws Exception {
    String text =
        """
        {"id":"a","n":1,"at":"2026-02-28T23:30:00Z"}
        {"id":"b","n":2,"at":"2026-02-28T23:30:00Z"}
        """;
    landing.put("in/a b.json", text);

    run(
        Map.of(
            "schema", "'" + StructType.fromDDL(DDL).json() + "'",
            "engine", "spark",
            "conversion.projection", "['upper(id) AS name', 'n * 2 AS twice', at]",
            "table.partition-by", "at",
            "table.date-column", "day",
            "table.hour-column", "hr",
            "table.metadata-columns", "[bucket, key, offset]"));

    Timestamp at = Timestamp.from(Instant.parse("2026-02-28T23:30:00Z"));
    Date day = Date.valueOf("2026-02-28");
    DataFrames.assertSame(
        spark.createDataFrame(
            List.of(
                RowFactory.create("A", 2, at, 1L, landing.bucket(), "in/a b.json", 0L, day, 23),
                RowFactory.create("B", 4, at, 1L, landing.bucket(), "in/a b.json", 45L, day, 23)),
            StructType.fromDDL(
                "name STRING, twice INT, at TIMESTAMP, _ordinal BIGINT, _bucket STRING,"
                    + " _key STRING, _offset BIGINT, day DATE, hr INT")),
        table());
    assertThat(
            (List<?>)
                spark.sql("DESCRIBE DETAIL delta.`" + landing.table() + "`").head().getList(7))
        .hasToString("[day, hr]");
  }

  @Test
  void aQueryReadsOnlyTheFilesWhoseStatisticsFit() throws Exception {
    String wide =
        IntStream.range(0, 40).mapToObj("c%d INT"::formatted).collect(Collectors.joining(", "));
    for (String schema : List.of("", ", " + wide)) {
      landing = new Landing(stack, Files.createDirectory(folder.resolve("f" + schema.length())));
      for (int hour = 0; hour < 4; hour++) {
        landing.put(
            "in/%d.json".formatted(hour),
            "{'id':'k%d','n':%d,'at':'2026-03-01T0%d:30:00.123456Z'}".formatted(hour, hour, hour));
      }
      run(Map.of("schema", "'" + DDL + schema + "'", "table.partition-by", "at"));

      assertThat(table().inputFiles()).hasSize(4);
      for (String predicate :
          List.of(
              "n = 2", "id = 'k2'", "at = timestamp '2026-03-01T02:30:00.123456Z'", "hour = 2")) {
        Dataset<Row> found = table().where(predicate);
        assertThat(found.count()).as(predicate).isEqualTo(1);
        assertThat(found.inputFiles()).as(predicate).hasSize(1);
      }
      long ordinal = table().where("n = 2").select("_ordinal").head().getLong(0);
      assertThat(table().where("_ordinal = " + ordinal).inputFiles()).hasSize(1);
    }
  }

  @Test
  void aPartitionColumnThatIsAlsoAFieldIsRefusedBeforeAnythingIsTouched() {
    assertThatThrownBy(() -> run(Map.of("schema", "id STRING, Date STRING")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the table has the column date twice");
    assertThat(folder.resolve("ledger")).doesNotExist();
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void aNullTimestampFallsBackToTheEventTimeAndIsCounted() throws Exception {
    Path schema = Files.writeString(folder.resolve("schema.ddl"), DDL);
    landing.put("in/a.json", "{\"id\":\"a\"}\n{\"id\":\"b\",\"at\":\"2026-02-28T23:30:00Z\"}\n");

    List<JsonNode> batches =
        run(
            Map.of(
                "schema", "null",
                "schema-file", schema.toString(),
                "table.partition-by", "at"));

    assertThat(batches).singleElement().matches(b -> b.required("null_timestamps").asInt() == 1);
    DataFrames.assertRows(
        table()
            .select(
                functions.col("id"),
                functions.expr("abs(datediff(date, current_date())) <= 1").as("today")),
        RowFactory.create("a", true),
        RowFactory.create("b", false));
  }

  @Test
  void timestampsWithoutAZoneAreOfTheConfiguredOne() throws Exception {
    SparkSession tokyo = spark.newSession();
    tokyo.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    String bucket = stack.createBucket("schemas");
    stack
        .s3()
        .putObject(
            r -> r.bucket(bucket).key("schema.json"),
            RequestBody.fromString(StructType.fromDDL(DDL).json()));
    landing.put(
        "in/a.json",
        """
        {"id":"local","at":"2026-03-01 08:30:00"}
        {"id":"zoned","at":"2026-03-01T08:30:00Z"}
        """);

    AvailableRun.of(
        landing,
        Map.of(
            "schema", "null",
            "schema-file", "s3://" + bucket + "/schema.json",
            "time-zone", "Asia/Tokyo",
            "table.partition-by", "at"),
        tokyo);

    Date day = Date.valueOf("2026-03-01");
    DataFrames.assertRows(
        table().select("id", "at", "date", "hour"),
        RowFactory.create("local", Timestamp.from(Instant.parse("2026-02-28T23:30:00Z")), day, 8),
        RowFactory.create("zoned", Timestamp.from(Instant.parse("2026-03-01T08:30:00Z")), day, 17));
  }

  @Test
  void malformedLinesAndTopLevelArraysAreInTheQuarantineTable() throws Exception {
    byte[] broken = "{\"id\":\"\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    String good = "{\"id\":\"a\"}\n[{\"id\":\"b\"}]\n{\"n\":\"x\"}\n";
    byte[] object = new byte[good.length() + broken.length];
    System.arraycopy(good.getBytes(StandardCharsets.US_ASCII), 0, object, 0, good.length());
    System.arraycopy(broken, 0, object, good.length(), broken.length);
    stack
        .s3()
        .putObject(r -> r.bucket(landing.bucket()).key("in/a.json"), RequestBody.fromBytes(object));

    List<JsonNode> batches = run(Map.of("schema", "id STRING, n INT"));

    assertThat(batches).singleElement().matches(b -> b.required("malformed").asInt() == 3);
    DataFrames.assertRows(table().select("id"), RowFactory.create("a"));
    Dataset<Row> quarantine = spark.read().format("delta").load(landing.quarantine());
    DataFrames.assertRows(
        quarantine.select(
            "_ordinal", "bucket", "key", "record_offset", "reason", "text", "record_size"),
        malformed(11, "[{\"id\":\"b\"}]", 12),
        malformed(24, "{\"n\":\"x\"}", 9),
        malformed(34, "{\"id\":\"\ufffd", 8));
    assertThat(quarantine.where("bytes IS NOT NULL").select("bytes").collectAsList())
        .singleElement()
        .satisfies(row -> assertThat((byte[]) row.get(0)).isEqualTo(broken));
  }

  @Test
  void aLargeObjectIsConvertedBySeveralTasks() throws Exception {
    int records = 50_000;
    String text =
        IntStream.range(0, records)
            .mapToObj(
                i -> "{\"id\":\"%d\",\"n\":%d,\"pad\":\"%s\"}%n".formatted(i, i, "-".repeat(40)))
            .collect(Collectors.joining());
    landing.put("in/large.json", text);

    List<JsonNode> batches =
        run(Map.of("schema", "id STRING, n INT", "conversion.split-size", "1MiB"));

    assertThat(batches).singleElement().matches(b -> b.required("records").asInt() == records);
    DataFrames.assertSame(spark.range(records).toDF("id"), table().selectExpr("bigint(n) AS id"));
    assertThat(
            Stream.of(table().inputFiles())
                .map(file -> file.replaceFirst(".*part-(\\d+).*", "$1"))
                .distinct())
        .as("tasks that wrote")
        .hasSizeGreaterThan(1);
  }

  @Test
  void aMessageAboutAForeignBucketIsRejectedAndReadsNothing() throws Exception {
    String foreign = stack.createBucket("foreign");
    String etag =
        stack
            .s3()
            .putObject(
                r -> r.bucket(foreign).key("in/a.json"), RequestBody.fromString("{\"id\":\"x\"}"))
            .eTag()
            .replace("\"", "");
    S3Event event =
        new S3Event(
            S3Event.PUT,
            Instant.now(),
            stack.region(),
            foreign,
            "in/a.json",
            10L,
            etag,
            null,
            "01");
    landing.send(List.of(S3Events.body(Envelope.S3, event)));
    landing.put("in/b.json", "{\"id\":\"b\"}");

    run(Map.of());

    DataFrames.assertRows(table().select("id"), RowFactory.create("b"));
    assertThat(landing.isQueueEmpty()).isTrue();
    try (Stream<Path> rejected = Files.list(folder.resolve("ledger/rejected"))) {
      assertThat(rejected)
          .singleElement()
          .satisfies(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .contains("is not one that the stream may read"));
    }
  }

  private List<JsonNode> run(Map<String, String> overrides) throws Exception {
    return AvailableRun.of(landing, overrides, spark);
  }

  private Dataset<Row> table() {
    return spark.read().format("delta").load(landing.table());
  }

  private Row malformed(long offset, String text, long size) {
    return RowFactory.create(1L, landing.bucket(), "in/a.json", offset, "malformed", text, size);
  }
}
