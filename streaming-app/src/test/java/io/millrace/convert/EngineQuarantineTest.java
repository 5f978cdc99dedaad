package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine keeps out of the table, and how much of it. */
abstract class EngineQuarantineTest {
  private static final Instant EVENT_TIME = Instant.parse("2026-03-01T22:59:59Z");
  private static final QuarantineLimits WIDE =
      new QuarantineLimits(1000, 1_000_000, 1L << 30, 1, 1_000_000);

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private final LocalStack stack = LocalStack.shared();
  private final List<Arrival> others = new ArrayList<>();
  private final RowLayout layout =
      RowLayout.of(spark, Schemas.parse("id STRING"), List.of(), null, "date", "hour", List.of());
  private final TestedEngine tested;
  private TestTable table;
  private TestTable quarantine;
  private Conversion last;
  private String bucket;
  private StoredObjects objects;

  EngineQuarantineTest(TestedEngine tested) {
    this.tested = tested;
  }

  @BeforeEach
  void prepare() {
    bucket = stack.createBucket("quarantine");
    objects = new StoredObjects(stack, bucket, EVENT_TIME);
    table =
        new TestTable(
            spark, folder.resolve("table"), layout.tableSchema(), layout.partitionColumns());
    quarantine =
        new TestTable(
            spark,
            folder.resolve("quarantine"),
            QuarantineLayout.schema(),
            QuarantineLayout.partitionColumns());
  }

  @Test
  void anObjectThatIsQuarantinedWholeIsARowWithTheReason() throws Exception {
    Arrival archive = put("a b+ü.gz", "\u001f\u008b\b\0\0\0\0\0");
    Arrival there = put("there", lines("", 0, 2));

    Conversion conversion = convert(WIDE, List.of(archive, there));

    assertThat(conversion.outcomes().get(0))
        .isEqualTo(Outcome.without(1, Outcome.Kind.QUARANTINED, "damaged"));
    assertThat(
            quarantined(
                "kind",
                "_ordinal",
                "key",
                "object_size",
                "reason",
                "detail",
                "records",
                "text",
                "date"))
        .containsExactly(
            "[object,1,a b+ü.gz,8,damaged,arrival 1: its gzip data are damaged or cut off at byte"
                + " 8 or before, behind 0 decompressed bytes: it breaks off,null,null,2026-03-01]");
  }

  @Test
  void anObjectOfWhichTooMuchIsMalformedLeavesNoRow() throws Exception {
    Arrival bad = put("bad", lines("bad", 6, 5));
    Arrival half = put("half", lines("half", 5, 5));
    Arrival small = put("small", lines("small", 4, 0));

    Conversion conversion = convert(limits(1000, 0.5, 10), List.of(bad, half, small));

    assertThat(conversion.outcomes())
        .extracting(Outcome::reason, Outcome::recordsConverted, Outcome::recordsQuarantined)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("malformed-ratio", 0L, 0L),
            org.assertj.core.groups.Tuple.tuple(null, 5L, 5L),
            org.assertj.core.groups.Tuple.tuple(null, 0L, 4L));
    assertThat(table.rows(last.files()).where("id not like 'half%'").count()).isZero();
    assertThat(table.rows(last.files()).count()).isEqualTo(5);
    assertThat(quarantined("kind", "_ordinal", "detail"))
        .containsExactly("[object,1,6 of its 11 records are malformed]");
  }

  @Test
  void anObjectWithoutAGoodRecordCostsTheOthersNoSecondRun() throws Exception {
    Arrival bad = put("bad", lines("bad", 20, 0));
    Arrival good = put("good", lines("good", 0, 3));

    Conversion conversion = convert(limits(1000, 0.5, 10), List.of(bad, good));

    assertThat(conversion.outcomes().get(0))
        .isEqualTo(Outcome.without(1, Outcome.Kind.QUARANTINED, "malformed-ratio"));
    assertThat(table.rows(last.files()).count()).isEqualTo(3);
  }

  @Test
  void whatABatchMayNotKeepIsCountedAndHasARow() throws Exception {
    Arrival few = put("few", lines("few", 2, 1));
    Arrival many = put("many", lines("many", 3000, 50));

    Conversion conversion = convert(limits(100, 1, 1), List.of(few, many));

    assertThat(conversion.outcomes().get(0).recordsQuarantined()).isEqualTo(2);
    assertThat(conversion.outcomes().get(1).recordsQuarantined()).isEqualTo(3000);
    assertThat(conversion.outcomes().get(1).recordsRead()).isEqualTo(3050);
    assertThat(
            quarantine
                .rows(last.quarantineFiles())
                .where("kind = 'record'")
                .where("_ordinal = 1")
                .count())
        .isEqualTo(2);
    assertThat(
            quarantine
                .rows(last.quarantineFiles())
                .where("kind = 'record'")
                .where("_ordinal = 2")
                .count())
        .isEqualTo(98);
    assertThat(
            quarantine
                .rows(last.quarantineFiles())
                .where("kind = 'record'")
                .where("record_offset >= 3000")
                .count())
        .isZero();
    assertThat(quarantined("kind", "_ordinal", "reason", "records", "detail"))
        .containsExactly(
            "[cut,2,over-batch-limit,2902,2902 of its 3000 malformed records are not kept]");
  }

  @Test
  void theBytesThatABatchKeepsAreBoundedToo() throws Exception {
    Arrival object = put("k", "x".repeat(60) + "\n" + "y".repeat(60) + "\n" + "z".repeat(60));
    QuarantineLimits limits = new QuarantineLimits(50, 1000, 120, 1, 1);

    Conversion conversion = convert(limits, List.of(object));

    assertThat(conversion.outcomes().get(0).recordsQuarantined()).isEqualTo(3);
    assertThat(
            quarantine
                .rows(last.quarantineFiles())
                .where("kind = 'record'")
                .select("text")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("x".repeat(50), "y".repeat(50));
    assertThat(quarantined("records")).containsExactly("[1]");
  }

  @Test
  void whereNothingMayBeKeptAllIsCounted() throws Exception {
    Arrival object = put("k", lines("k", 4, 1));

    Conversion conversion = convert(limits(0, 1, 1), List.of(object));

    assertThat(conversion.outcomes().get(0).recordsQuarantined()).isEqualTo(4);
    assertThat(quarantined("kind", "records")).containsExactly("[cut,4]");
  }

  @Test
  void aFloodIsCountedAndNotReadTwice() throws Exception {
    int flood = Integer.getInteger("millrace.flood.records", 100_000);
    Arrival object = put("flood", lines("flood", flood, 10));
    long bytes = object.object().sizeBytes();

    Conversion conversion = convert(limits(500, 1, 1), List.of(object));

    assertThat(conversion.outcomes().get(0).recordsRead()).isEqualTo(flood + 10);
    assertThat(conversion.outcomes().get(0).recordsConverted()).isEqualTo(10);
    assertThat(conversion.outcomes().get(0).recordsQuarantined()).isEqualTo(flood);
    assertThat(quarantine.rows(last.quarantineFiles()).where("kind = 'record'").count())
        .isEqualTo(500);
    long lastOffset =
        quarantine
            .rows(last.quarantineFiles())
            .where("kind = 'record'")
            .selectExpr("max(record_offset)")
            .head()
            .getLong(0);
    assertThat(lastOffset).isLessThan(bytes / 10);
  }

  @Test
  void aDeniedObjectAloneInItsBatchWaitsForProofThatOthersCanBeRead() throws Exception {
    Arrival denied = put("denied", lines("d", 0, 1));
    Arrival other = put("other", lines("o", 0, 1));

    try (InjectedFault policy =
        stack.inject(Fault.status(RequestMatch.s3("GET", bucket).withKeyPrefix("denied"), 403))) {
      assertThatThrownBy(() -> convert(WIDE, List.of(denied)))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("no other object could be read either");

      others.add(other);
      assertThat(convert(WIDE, List.of(denied)).outcomes())
          .containsExactly(Outcome.without(1, Outcome.Kind.QUARANTINED, "access-denied"));
      assertThat(policy.hits()).isEqualTo(2);
    }
    assertThat(quarantined("kind", "reason", "detail"))
        .containsExactly("[object,access-denied,S3 answers 403 AccessDenied]");
  }

  @Test
  void accessThatIsLostUnderWayFailsTheBatch() throws Exception {
    Arrival first = put("a", lines("a", 0, 1));
    Arrival second = put("b", lines("b", 0, 1));

    try (InjectedFault denial =
        stack.inject(Fault.status(RequestMatch.s3("GET", bucket), 403).skipping(2))) {
      assertThatThrownBy(() -> convert(WIDE, 8, List.of(first, second)))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("nothing is quarantined");
      assertThat(denial.hits()).isGreaterThanOrEqualTo(2);
    }
  }

  private static QuarantineLimits limits(long maxKeptRecords, double ratio, int minRecords) {
    return new QuarantineLimits(1000, maxKeptRecords, 1L << 30, ratio, minRecords);
  }

  private Conversion convert(QuarantineLimits limits, List<Arrival> arrivals) throws IOException {
    return convert(limits, 1 << 20, arrivals);
  }

  private Conversion convert(QuarantineLimits limits, long splitBytes, List<Arrival> arrivals)
      throws IOException {
    ObjectStoreSettings store =
        new ObjectStoreSettings(
            stack.s3Endpoint(), stack.region(), true, null, RequestLimits.defaults());
    last =
        tested
            .of(
                spark,
                store,
                layout,
                new ConversionSettings(ZoneId.of("UTC"), splitBytes, 1 << 16, 1 << 20, limits),
                table,
                quarantine,
                TroubleJudge.of(
                    store, batch -> others, Patience.defaults(), InstantSource.system()))
            .convert(arrivals);
    return last;
  }

  /** Malformed lines of ten bytes each, and then good ones. */
  private static String lines(String name, int malformed, int good) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < malformed; i++) {
      text.append("{%08d\n".formatted(i));
    }
    for (int i = 0; i < good; i++) {
      text.append("{\"id\":\"").append(name).append(i).append("\"}\n");
    }
    return text.toString();
  }

  private Arrival put(String key, String latin1) {
    byte[] content = latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    return objects.put(key, content);
  }

  private List<String> quarantined(String... columns) {
    return quarantine
        .rows(last.quarantineFiles())
        .where("kind != 'record'")
        .selectExpr(columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
