package io.millrace.convert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.localstack.LocalStack;
import io.millrace.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same objects through every engine. */
class EngineEqualityTest {
  private static final Instant EVENT_TIME = Instant.parse("2026-03-01T22:59:59.123456Z");
  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r", "\n\n \t\n"};
  private static final QuarantineLimits KEEPING_ALL =
      new QuarantineLimits(40, 1_000_000, 1 << 30, 1, 1);

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private final LocalStack stack = LocalStack.shared();
  private final long seed = Long.getLong("millrace.seed", 1);
  private final Random random = new Random(seed);
  private final AllTypes records = new AllTypes(random);
  private final List<Arrival> arrivals = new ArrayList<>();
  private StoredObjects objects;

  /** What an engine made of the arrivals. */
  private record Made(Conversion conversion, List<String> rows, List<String> quarantined) {}

  @BeforeEach
  void createBucket() {
    objects = new StoredObjects(stack, stack.createBucket("equal"), EVENT_TIME);
  }

  @ParameterizedTest
  @ValueSource(longs = {2003, 20_011, 1 << 30})
  void splitsOfAnySizeGiveTheSameRows(long splitBytes) throws Exception {
    put("one", lines(150));
    put("two", lines(50));
    put("three", lines(1));

    assertSame(splitBytes, "at");
  }

  @Test
  void everyCompressionGivesTheSameRows() throws Exception {
    put("plain.gz", lines(60));
    put("gzip.json", gzip(lines(60), gzip(lines(40))));
    put("zstd", both(Zstd.compress(lines(60)), Zstd.compress(lines(40))));
    put("bzip2", bzip2(lines(60)));

    Made direct = assertSame(1000, "at");

    assertThat(direct.conversion().outcomes()).extracting(Outcome::reason).containsOnlyNulls();
    assertThat(direct.conversion().outcomes()).allMatch(outcome -> outcome.recordsConverted() > 0);
  }

  @Test
  void withoutATimestampTheEventTimePartitions() throws Exception {
    put("one", lines(100));

    assertSame(5000, null);
  }

  @Test
  void invalidUtf8MakesARecordMalformedForEveryEngine() throws Exception {
    put("bytes", "{\"id\":\"\u00ff\"}\n{\"id\":\"ok\"}\n".getBytes(ISO_8859_1));

    Made direct = assertSame(1 << 20, null);

    assertThat(direct.rows()).hasSize(1);
    assertThat(direct.quarantined()).hasSize(1);
  }

  private Made assertSame(long splitBytes, String timestampColumn) throws IOException {
    Made direct = made(TestedEngine.DIRECT, splitBytes, timestampColumn);
    Made bySpark = made(TestedEngine.SPARK, splitBytes, timestampColumn);

    assertThat(direct.rows()).as("seed %d", seed).isNotEmpty().isEqualTo(bySpark.rows());
    assertThat(direct.quarantined()).as("seed %d", seed).isEqualTo(bySpark.quarantined());
    assertThat(direct.conversion().outcomes())
        .as("seed %d", seed)
        .isEqualTo(bySpark.conversion().outcomes());
    assertThat(direct.conversion().nullTimestamps())
        .isEqualTo(bySpark.conversion().nullTimestamps());
    return direct;
  }

  private Made made(TestedEngine engine, long splitBytes, String timestampColumn)
      throws IOException {
    RowLayout layout =
        RowLayout.of(
            spark,
            Schemas.parse(AllTypes.SCHEMA),
            List.of(),
            timestampColumn,
            "date",
            "hour",
            List.of(MetadataColumn.values()));
    TestTable table =
        new TestTable(
            spark,
            folder.resolve(engine + "-table"),
            layout.tableSchema(),
            layout.partitionColumns());
    TestTable quarantine =
        new TestTable(
            spark,
            folder.resolve(engine + "-quarantine"),
            QuarantineLayout.schema(),
            QuarantineLayout.partitionColumns());
    ObjectStoreSettings store =
        new ObjectStoreSettings(stack.s3Endpoint(), stack.region(), true, null);
    Conversion conversion =
        engine
            .of(
                spark,
                store,
                layout,
                new ConversionSettings(ZoneId.of("UTC"), splitBytes, 1 << 20, 1 << 20, KEEPING_ALL),
                table,
                quarantine,
                TroubleJudge.of(
                    store, batch -> List.of(), Patience.defaults(), InstantSource.system()))
            .convert(arrivals);
    return new Made(
        conversion,
        rows(table.rows(conversion.files()).orderBy("_ordinal", "_offset"), "bin"),
        rows(
            quarantine
                .rows(conversion.quarantineFiles())
                .drop("detail")
                .orderBy("_ordinal", "record_offset"),
            "bytes"));
  }

  private static List<String> rows(Dataset<Row> rows, String binary) {
    return rows.withColumn(binary, hex(col(binary))).collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  private byte[] lines(int count) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      text.write(records.line());
      if (i < count - 1) {
        text.writeBytes(LINE_ENDS[random.nextInt(LINE_ENDS.length)].getBytes(UTF_8));
      }
    }
    return text.toByteArray();
  }

  private static byte[] gzip(byte[] content, byte[]... more) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
      out.write('\n');
    }
    for (byte[] next : more) {
      bytes.writeBytes(next);
    }
    return bytes.toByteArray();
  }

  private static byte[] bzip2(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] both(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Stream.of(parts).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private void put(String key, byte[] content) {
    arrivals.add(objects.put(key, content));
  }
}
