package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a start says of input that it can't work with, and that it leaves everything as it was. */
class BadInputTest {
  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void prepare() {
    landing = new Landing(stack, folder);
  }

  /** How a user gets there. */
  private interface Mistake {
    void make(BadInputTest test) throws Exception;
  }

  /**
   * A mistake.
   *
   * @param overrides what differs from a configuration that works
   * @param parts what the message must say: problem, reason, remedy
   */
  private record Case(
      String name, Mistake mistake, Map<String, String> overrides, int status, List<String> parts) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case mistake(
      String name, Mistake mistake, Map<String, String> overrides, int status, String... parts) {
    return new Case(name, mistake, overrides, status, List.of(parts));
  }

  static Stream<Case> mistakes() {
    return Stream.of(
        mistake(
            "a schema that does not parse",
            test -> {},
            Map.of("schema", "'id STRING, at TIMESTAP'"),
            ExitStatus.USAGE,
            "the schema is not DDL",
            "TIMESTAP"),
        mistake(
            "a schema file that is not there",
            test -> {},
            Map.of("schema", "null", "schema-file", "/no/such.ddl"),
            ExitStatus.USAGE,
            "schema-file: there is no file /no/such.ddl"),
        mistake(
            "two mistakes at once",
            test -> {},
            Map.of("queue.pollers", "0", "admision.max-objects", "1"),
            ExitStatus.USAGE,
            "queue.pollers is '0': must be an integer from 1 to 64",
            "did you mean admission.max-objects?"),
        mistake(
            "a table that is a folder of other files",
            test -> test.write("table/notes.txt", "mine"),
            Map.of(),
            ExitStatus.REFUSED,
            "is not a Delta table, and not empty either (it has notes.txt)",
            "give the stream an empty directory"),
        mistake(
            "a table with another column type",
            test -> test.createTable("id BIGINT, _ordinal BIGINT, date DATE, hour INT", ""),
            Map.of(),
            ExitStatus.REFUSED,
            "its column id is BIGINT, not STRING",
            "change the configuration, or give the stream another table"),
        mistake(
            "a column that the table does not have",
            test -> test.createTable("_ordinal BIGINT, id STRING, date DATE, hour INT", ""),
            Map.of("schema", "'id STRING, more DOUBLE'"),
            ExitStatus.REFUSED,
            "it has no column more, which ALTER TABLE delta.`",
            "` ADD COLUMNS (more DOUBLE) adds"),
        mistake(
            "a table in a bucket that is not there",
            test -> {},
            Map.of("table.path", "s3://no-such-lake/clicks"),
            ExitStatus.REFUSED,
            "s3://no-such-lake/clicks",
            "create the bucket, or correct the path"),
        mistake(
            "a queue that is given by its name",
            test -> {},
            Map.of("queue.url", "landing"),
            ExitStatus.USAGE,
            "a queue is named by its URL, https://sqs.REGION.amazonaws.com/ACCOUNT/NAME"),
        mistake(
            "a table of other partitions",
            test -> test.createTable("id STRING, _ordinal BIGINT, date DATE, hour INT", ""),
            Map.of("table.metadata-columns", "[]"),
            ExitStatus.REFUSED,
            "it is partitioned by [date], not by [date, hour]"),
        mistake(
            "a table with a feature that can't be served",
            test ->
                test.createTable(
                    "id STRING, _ordinal BIGINT, date DATE, hour INT",
                    "'delta.enableDeletionVectors'='true'"),
            Map.of(),
            ExitStatus.REFUSED,
            "it has the table feature deletionVectors, which this version can't serve",
            "DROP FEATURE"),
        mistake(
            "a table that only grows",
            test ->
                test.createTable(
                    "id STRING, _ordinal BIGINT, date DATE, hour INT", "'delta.appendOnly'='true'"),
            Map.of(),
            ExitStatus.REFUSED,
            "delta.appendOnly is set"),
        mistake(
            "a ledger of another stream",
            test -> test.createLedger("other"),
            Map.of(),
            ExitStatus.REFUSED,
            "is of stream 'other', not of 'landing'",
            "give each stream a ledger of its own"),
        mistake(
            "a ledger of a newer format",
            BadInputTest::createLedgerOfNewerFormat,
            Map.of(),
            ExitStatus.REFUSED,
            "has format version 99",
            "run the version of Millrace that wrote it, or a later one"),
        mistake(
            "a checkpoint of another stream",
            test -> test.checkpoint("{\"stream\":\"other\",\"ledger\":\"x\",\"ordinal\":1}"),
            Map.of(),
            ExitStatus.REFUSED,
            "belongs to another query (stream 'other')",
            "give each stream a checkpoint of its own"),
        mistake(
            "a checkpoint of a query that is not Millrace's",
            test -> test.checkpoint("{\"logOffset\":7}"),
            Map.of(),
            ExitStatus.REFUSED,
            "belongs to another query (no stream of Millrace)"),
        mistake(
            "a queue that is not there",
            test -> test.stack.sqs().deleteQueue(r -> r.queueUrl(test.landing.queue())),
            Map.of(),
            ExitStatus.REFUSED,
            "(queue-gone)",
            "correct queue.url and queue.region"),
        mistake(
            "a Spark setting that contradicts the stream",
            test -> {},
            Map.of("spark-conf", "{spark.sql.session.timeZone: Asia/Tokyo}"),
            ExitStatus.USAGE,
            "the stream relies on UTC: leave it out"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldWithItsRemedyAndHarmsNothing(Case given) throws Exception {
    given.mistake().make(this);
    Map<String, Integer> before = files();

    ExitStatus status = start(given.overrides());

    assertThat(status.message()).contains(given.parts());
    assertThat(status.code()).isEqualTo(given.status());
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aStoreThatDeniesTheLedgerItsFilesIsNamedWithWhatItNeeds() throws Exception {
    String state = stack.createBucket("state");
    landing.keepingStateIn("s3://" + state);

    try (InjectedFault denied =
        stack.inject(Fault.status(RequestMatch.s3("PUT", state).withKeyPrefix("ledger"), 403))) {
      ExitStatus status = start(Map.of());

      assertThat(denied.hits()).isPositive();
      assertThat(status.message())
          .contains("access is denied", "ledger/probe/", "to read, write and delete");
      assertThat(status.code()).isEqualTo(ExitStatus.REFUSED);
    }
    assertThat(stack.s3().listObjectsV2(r -> r.bucket(state)).contents()).isEmpty();
  }

  @Test
  void aQueueThatCannotBeReachedIsWaitedForAndThenToldToTheSchedule() {
    ExitStatus status = start(Map.of("queue.endpoint", "http://127.0.0.1:9"));

    assertThat(status.message())
        .contains("the queue has not answered within PT1S (trigger.receive-limit; unavailable)");
    assertThat(status.code()).isEqualTo(ExitStatus.FAILURE);
  }

  @Test
  void aStreamThatHasRunBeforeWaitsForAQueueThatIsGone() throws Exception {
    landing.land(1, 1);
    run(Map.of());
    stack.sqs().deleteQueue(r -> r.queueUrl(landing.queue()));

    ExitStatus status = start(Map.of());

    assertThat(status.message())
        .contains("the queue has not answered within PT1S (trigger.receive-limit; queue-gone)");
    assertThat(status.code()).isEqualTo(ExitStatus.FAILURE);
  }

  private ExitStatus start(Map<String, String> overrides) {
    Throwable failure = catchThrowable(() -> run(overrides));
    assertThat(failure).isNotNull();
    return ExitStatus.of(failure);
  }

  private void run(Map<String, String> overrides) throws Exception {
    Map<String, String> all = new TreeMap<>(overrides);
    all.putIfAbsent("table.metadata-columns", "[]");
    all.put("trigger.receive-limit", "1s");
    var config = landing.config(all);
    SparkSessions.required(config); // as the command does, without a session of its own
    try (StreamApplication application =
        StreamApplication.open(config, spark, null, InstantSource.system())) {
      application.run();
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void createTable(String columns, String properties) {
    spark.sql(
        "CREATE TABLE delta.`%s` (%s) USING delta PARTITIONED BY (%s)%s"
            .formatted(
                landing.table(),
                columns,
                properties.isEmpty() && columns.startsWith("id STRING") ? "date" : "date, hour",
                properties.isEmpty() ? "" : " TBLPROPERTIES (" + properties + ")"));
  }

  private void createLedger(String stream) throws IOException {
    HadoopLedgerStore store =
        HadoopLedgerStore.open(
            folder.resolve("ledger").toString(), spark.sparkContext().hadoopConfiguration());
    Ledger.takeOver(store, stream, LedgerSettings.defaults(), InstantSource.system()).close();
    store.close();
  }

  private void createLedgerOfNewerFormat() throws IOException {
    createLedger("landing");
    try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        ByteBuffer.wrap(content).putShort(4, (short) 99);
        Files.write(file, content);
      }
    }
  }

  private void checkpoint(String offset) throws IOException {
    write("checkpoint/offsets/0", "v1\n{}\n" + offset);
    write("checkpoint/commits/0", "v1\n{}");
  }

  /** Every file with a hash of its content. */
  private Map<String, Integer> files() throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
