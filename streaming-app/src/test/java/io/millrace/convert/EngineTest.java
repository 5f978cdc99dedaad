package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.plan.Division;
import io.millrace.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine makes of a batch. */
abstract class EngineTest {
  private static final Instant EVENT_TIME = Instant.parse("2026-03-01T22:59:59.123456Z");
  private static final int LARGEST_RECORD = 1000;
  private static final int KEPT = 20;

  /** Grows to more than the ratio is looked at from. */
  private static final int BOMB_BYTES = 80 << 20;

  @TempDir Path folder;
  final SparkSession spark = TestSpark.session();
  private final LocalStack stack = LocalStack.shared();
  private RequestLimits requests =
      new RequestLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 2);
  private QuarantineLimits limits = new QuarantineLimits(KEPT, 1000, 100_000, 0.5, 100);
  private final TestedEngine tested;
  private TestTable table;
  private TestTable quarantine;
  private Conversion last;
  private String bucket;
  private StoredObjects objects;

  EngineTest(TestedEngine tested) {
    this.tested = tested;
  }

  @BeforeEach
  void prepare() {
    bucket = stack.createBucket("engine");
    objects = new StoredObjects(stack, bucket, EVENT_TIME);
    quarantine =
        new TestTable(
            spark,
            folder.resolve("quarantine"),
            QuarantineLayout.schema(),
            QuarantineLayout.partitionColumns());
  }

  @Test
  void everyRecordOfEveryObjectBecomesARow() throws Exception {
    Arrival first = put("a b+c%.json", "{\"id\":\"1\"}\n\n{\"id\":\"2\"}");
    Arrival second = put("ü/x.json", "{\"id\":\"3\",\"n\":7}\r\n");

    Conversion conversion = convert(layout("event-time"), 1 << 20, List.of(first, second));

    assertThat(conversion.outcomes())
        .containsExactly(converted(first, 2, 0, 22), converted(second, 1, 0, 18));
    assertThat(conversion.quarantineFiles()).isEmpty();
    assertThat(rows("id", "n", "_ordinal", "_key", "_offset", "date", "hour"))
        .containsExactlyInAnyOrder(
            "[1,null,1,a b+c%.json,0,2026-03-01,22]",
            "[2,null,1,a b+c%.json,12,2026-03-01,22]", "[3,7,2,ü/x.json,0,2026-03-01,22]");
  }

  @Test
  void anObjectReadByManyTasksGivesEachRecordOnce() throws Exception {
    String text =
        IntStream.range(0, 5000)
            .mapToObj(i -> "{\"id\":\"%d\",\"n\":%d}%n".formatted(i, i % 97))
            .collect(Collectors.joining());
    Arrival large = put("large", text);

    Conversion conversion = convert(layout("event-time"), 1000, List.of(large));

    assertThat(conversion.outcomes().get(0).recordsConverted()).isEqualTo(5000);
    assertThat(written().select("id").distinct().count()).isEqualTo(5000);
    assertThat(last.files()).hasSizeGreaterThan(1);
    assertThat(last.division())
        .as("of %d bytes", large.object().sizeBytes())
        .isEqualTo(new Division((int) ((large.object().sizeBytes() + 999) / 1000), 1000));
  }

  @Test
  void malformedRecordsGoToTheQuarantineWithTheirPlaceAndText() throws Exception {
    Arrival object =
        put(
            "k",
            "{\"id\":\"1\"}\n[{\"id\":\"2\"}]\nnonsense that is cut off\n{\"n\":\"x\"}\nnull\n");

    Conversion conversion = convert(layout("event-time"), 1 << 20, List.of(object));

    assertThat(conversion.outcomes().get(0).recordsConverted()).isEqualTo(1);
    assertThat(conversion.outcomes().get(0).recordsQuarantined()).isEqualTo(4);
    assertThat(
            quarantine
                .rows(last.quarantineFiles())
                .select(
                    "_ordinal", "key", "record_offset", "reason", "text", "bytes", "record_size")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder(
            "[1,k,11,malformed,[{\"id\":\"2\"}],null,12]",
            "[1,k,24,malformed,nonsense that is cut,null,24]",
            "[1,k,49,malformed,{\"n\":\"x\"},null,9]",
            "[1,k,59,malformed,null,null,4]");
    assertThat(quarantine.rows(last.quarantineFiles()).where("text is null").count()).isZero();
  }

  @Test
  void bytesAreKeptWhereTextCannotTellThem() throws Exception {
    byte[] broken = "{\"id\":\"x\" \u00ff".getBytes(StandardCharsets.ISO_8859_1);

    convert(layout("event-time"), 1 << 20, List.of(put("k", broken)));

    Row row = quarantine.rows(last.quarantineFiles()).select("text", "bytes").head();
    assertThat(row.getString(0)).isEqualTo("{\"id\":\"x\" \ufffd");
    assertThat((byte[]) row.get(1)).isEqualTo(broken);
  }

  @Test
  void theTimestampPartitionsAndTheEventTimeStandsInForIt() throws Exception {
    Arrival object =
        put(
            "k",
            """
            {"id":"1","at":"2026-02-28T23:30:00Z"}
            {"id":"2","at":"2026-02-28 23:30:00"}
            {"id":"3"}
            """);

    Conversion conversion = convert(layout("at"), 1 << 20, List.of(object));

    assertThat(conversion.nullTimestamps()).isEqualTo(1);
    assertThat(rows("id", "date", "hour"))
        .containsExactlyInAnyOrder("[1,2026-02-28,23]", "[2,2026-02-28,23]", "[3,2026-03-01,22]");
  }

  @Test
  void whatIsGoneOrChangedIsLeftOutAndTheRestIsConverted() throws Exception {
    Arrival gone = put("gone", "{\"id\":\"1\"}");
    Arrival changed = put("changed", "{\"id\":\"2\"}");
    Arrival there = put("there", "{\"id\":\"3\"}");
    stack.s3().deleteObject(request -> request.bucket(bucket).key("gone"));
    put("changed", "{\"id\":\"4\"}");

    Conversion conversion = convert(layout("event-time"), 1 << 20, List.of(gone, changed, there));

    assertThat(conversion.outcomes())
        .containsExactly(
            Outcome.without(1, Outcome.Kind.GONE, null),
            Outcome.without(2, Outcome.Kind.CHANGED, null),
            converted(there, 1, 0, 10));
  }

  @Test
  void anObjectThatTurnsOutBadUnderWayIsQuarantinedWhole() throws Exception {
    Arrival huge = put("huge", "{\"id\":\"0\"}\n" + " {\"id\":\"" + "x".repeat(1000) + "\"}\n");
    Arrival compressed = put("c.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
    Arrival there = put("there", "{\"id\":\"3\"}");

    Conversion conversion =
        convert(layout("event-time"), 1 << 20, List.of(huge, compressed, there));

    assertThat(conversion.outcomes())
        .containsExactly(
            Outcome.without(1, Outcome.Kind.QUARANTINED, "record-too-large"),
            Outcome.without(2, Outcome.Kind.QUARANTINED, "damaged"),
            converted(there, 1, 0, 10));
    assertThat(rows("id")).containsExactly("[3]");
  }

  @Test
  void compressedObjectsAreReadByTheirFirstBytesOrQuarantinedWhole() throws Exception {
    byte[] one = "{\"id\":\"1\"}\n".getBytes(StandardCharsets.UTF_8);
    byte[] two = "{\"id\":\"2\"}\n".getBytes(StandardCharsets.UTF_8);
    byte[] damagedZstd = zstd(one);
    damagedZstd[damagedZstd.length - 1] ^= 1; // of the checksum
    List<Arrival> good =
        List.of(
            put("members.gz", join(gzip(one), gzip(two))),
            put("frames.zst", join(zstd(one), zstd(two))),
            put("plain.gz", one),
            put("gzip.ndjson", gzip(one)));
    Arrival empty = put("empty.gz", gzip(new byte[0]));
    List<Arrival> bad =
        List.of(
            put("cut.gz", Arrays.copyOf(gzip(one), gzip(one).length - 1)),
            put("cut between.gz", join(gzip(one), new byte[] {0x1f, (byte) 0x8b, 8})),
            put("followed.gz", join(gzip(one), two)),
            put("damaged.zst", damagedZstd),
            put("bomb.gz", gzip("\n".repeat(BOMB_BYTES).getBytes(StandardCharsets.UTF_8))));
    List<Arrival> all = new ArrayList<>(good);
    all.add(empty);
    all.addAll(bad);

    Conversion conversion = convert(layout("event-time"), 1 << 20, all);

    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(converted(good.get(0), 2, 0, 2L * one.length));
    outcomes.add(converted(good.get(1), 2, 0, 2L * one.length));
    outcomes.add(converted(good.get(2), 1, 0, one.length));
    outcomes.add(converted(good.get(3), 1, 0, one.length));
    outcomes.add(converted(empty, 0, 0, 0));
    bad.forEach(
        arrival ->
            outcomes.add(Outcome.without(arrival.ordinal(), Outcome.Kind.QUARANTINED, "damaged")));
    assertThat(conversion.outcomes()).containsExactlyElementsOf(outcomes);
    assertThat(rows("id")).containsExactlyInAnyOrder("[1]", "[1]", "[1]", "[1]", "[2]", "[2]");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(compressed)) {
      out.setChecksum(true);
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void aBatchOfOnlyBadObjectsWritesNothing() throws Exception {
    Arrival gone = put("gone", "{\"id\":\"1\"}");
    stack.s3().deleteObject(request -> request.bucket(bucket).key("gone"));

    Conversion conversion = convert(layout("event-time"), 1 << 20, List.of(gone));

    assertThat(conversion.files()).isEmpty();
    assertThat(conversion.outcomes()).containsExactly(Outcome.without(1, Outcome.Kind.GONE, null));
    assertThat(table.names()).isEmpty();
  }

  @Test
  void aBrokenConnectionIsTakenUpAtTheByteThatWasReached() throws Exception {
    String text =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{\"id\":\"%d\"}\n".formatted(i))
            .collect(Collectors.joining());
    Arrival object = put("k", text);

    try (InjectedFault fault = stack.inject(Fault.shortBody(gets(), 70_001).atMost(2))) {
      convert(layout("event-time"), 1 << 20, List.of(object));
      assertThat(fault.hits()).isEqualTo(2);
    }
    assertThat(written().select("id").distinct().count()).isEqualTo(20_000);
    assertThat(written().count()).isEqualTo(20_000);
  }

  @Test
  void oneDeniedObjectIsQuarantinedButManyAreTheEnvironments() throws Exception {
    Arrival first = put("a", "{\"id\":\"1\"}");
    Arrival second = put("b", "{\"id\":\"2\"}");

    try (InjectedFault fault = stack.inject(Fault.status(gets().withKeyPrefix("a"), 403))) {
      Conversion conversion = convert(layout("event-time"), 1 << 20, List.of(first, second));
      assertThat(conversion.outcomes().get(0))
          .isEqualTo(Outcome.without(1, Outcome.Kind.QUARANTINED, "access-denied"));
      assertThat(conversion.outcomes().get(1).recordsConverted()).isEqualTo(1);
      assertThat(fault.hits()).isEqualTo(1);
    }
    try (InjectedFault fault = stack.inject(Fault.status(gets(), 403))) {
      assertThatThrownBy(() -> convert(layout("event-time"), 1 << 20, List.of(first, second)))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("no other object could be read either");
      assertThat(fault.hits()).isPositive();
    }
  }

  @Test
  void aStoreThatIsOutOfOrderFailsTheBatchAndQuarantinesNothing() throws Exception {
    Arrival object = put("k", "{\"id\":\"1\"}");

    try (InjectedFault fault = stack.inject(Fault.status(gets(), 503))) {
      assertThatThrownBy(() -> convert(layout("event-time"), 1 << 20, List.of(object)))
          .hasMessageContaining("S3 answers 503 SlowDown")
          .hasMessageContaining("nothing is quarantined");
      assertThat(fault.hits()).isPositive();
    }
    assertThat(convert(layout("event-time"), 1 << 20, List.of(object)).outcomes())
        .containsExactly(converted(object, 1, 0, 10));
  }

  @Test
  void aSessionOfAnotherTimeZoneIsRefused() {
    assertThatThrownBy(() -> convert(layout("event-time"), ZoneId.of("Asia/Tokyo"), 1, List.of()))
        .hasMessageContaining("spark.sql.session.timeZone is UTC")
        .hasMessageContaining("Asia/Tokyo");
  }

  final RowLayout layout(String partitionBy) {
    return RowLayout.of(
        spark,
        Schemas.parse("id STRING, n INT, at TIMESTAMP"),
        List.of(),
        partitionBy.equals("event-time") ? null : partitionBy,
        "date",
        "hour",
        List.of(MetadataColumn.KEY, MetadataColumn.OFFSET));
  }

  final Conversion convert(RowLayout layout, long splitBytes, List<Arrival> arrivals)
      throws IOException {
    return convert(layout, ZoneId.of("UTC"), splitBytes, arrivals);
  }

  final Conversion convert(
      RowLayout layout, ZoneId timeZone, long splitBytes, List<Arrival> arrivals)
      throws IOException {
    table =
        new TestTable(
            spark, folder.resolve("table"), layout.tableSchema(), layout.partitionColumns());
    ConversionSettings settings =
        new ConversionSettings(timeZone, splitBytes, LARGEST_RECORD, 1 << 20, limits);
    last =
        tested.of(spark, store(), layout, settings, table, quarantine, judge()).convert(arrivals);
    return last;
  }

  private TroubleJudge judge() {
    return TroubleJudge.of(
        store(), batch -> List.of(), Patience.defaults(), InstantSource.system());
  }

  private ObjectStoreSettings store() {
    return new ObjectStoreSettings(stack.s3Endpoint(), stack.region(), true, null, requests);
  }

  private RequestMatch gets() {
    return RequestMatch.s3("GET", bucket);
  }

  final Arrival put(String key, String text) {
    return put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  final Arrival put(String key, byte[] content) {
    return objects.put(key, content);
  }

  /** What was written last. */
  final Dataset<Row> written() {
    return table.rows(last.files());
  }

  /** Every file in the table's directory. */
  final Set<String> filesThatAreThere() {
    return table.names();
  }

  private List<String> rows(String... columns) {
    return written().selectExpr(columns).collectAsList().stream().map(Row::toString).toList();
  }

  private static Outcome converted(Arrival arrival, long rows, long malformed, long bytes) {
    return new Outcome(
        arrival.ordinal(), Outcome.Kind.CONVERTED, null, rows + malformed, rows, malformed, bytes);
  }
}
