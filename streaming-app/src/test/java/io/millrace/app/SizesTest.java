package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.testing.DataFrames;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects of every size, through an application that has half of an executor's default memory for
 * two slots, and is driver besides.
 *
 * <p>In a build they are smaller than the largest that there are; {@code -Dmillrace.sizes.bytes=…}
 * and {@code -Dmillrace.sizes.objects=…} make them larger and more.
 */
class SizesTest {
  private static final String HEAP = "-Xmx2g";
  private static final long LARGE_BYTES = Long.getLong("millrace.sizes.bytes", 120_000_000);
  private static final int SMALL_OBJECTS = Integer.getInteger("millrace.sizes.objects", 1000);
  private static final int LONG_LINE_BYTES = 200_000_000;
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final int CLIENTS = 8;

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void prepare() {
    landing = new Landing(stack, folder);
  }

  @Test
  void aLargeObjectWithoutALastLineEndIsConvertedInSplits() throws Exception {
    Path file = folder.resolve("large.ndjson");
    String filling = "x".repeat(900);
    long records = 0;
    long bytes = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      while (bytes < LARGE_BYTES) {
        String line =
            "%s{\"id\":\"%d\",\"n\":%d,\"text\":\"%s\"}"
                .formatted(records == 0 ? "" : "\n", records, records, filling);
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        bytes += line.length();
        records++;
      }
    }
    stack.s3().putObject(r -> r.bucket(landing.bucket()).key("in/large.ndjson"), file);
    Files.delete(file);

    run(Map.of("schema", "id STRING, n BIGINT, text STRING", "conversion.split-size", "32MiB"));

    DataFrames.assertRows(
        table()
            .select(
                functions.count("*"),
                functions.sum("n"),
                functions.countDistinct("n"),
                functions.sum(
                    functions.expr("CAST(id AS BIGINT) = n AND length(text) = 900").cast("long"))),
        RowFactory.create(records, records * (records - 1) / 2, records, records));
    assertThat(quarantine().count()).isZero();
  }

  @Test
  void manySmallObjectsAreConvertedInPacks() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < SMALL_OBJECTS; i++) {
      int number = i;
      clients.execute(
          () ->
              landing.put(
                  "in/%d".formatted(number),
                  "{\"id\":\"%s\",\"n\":%d}\n".formatted("y".repeat(180), number)));
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(LIMIT.toMinutes(), TimeUnit.MINUTES)).isTrue();

    run(Map.of("schema", "id STRING, n BIGINT"));

    long last = SMALL_OBJECTS - 1L;
    DataFrames.assertRows(
        table().select(functions.count("*"), functions.sum("n"), functions.countDistinct("n")),
        RowFactory.create(last + 1, last * (last + 1) / 2, last + 1));
    assertThat(quarantine().count()).isZero();
    assertThat(table().inputFiles().length).isLessThan(SMALL_OBJECTS / 100);
  }

  @Test
  void aLineOf200MegabytesIsOverTheLimitAndConvertedUnderALargerOne() throws Exception {
    Path file = folder.resolve("line.ndjson");
    byte[] chunk = new byte[1_000_000];
    Arrays.fill(chunk, (byte) 'z');
    try (OutputStream out = Files.newOutputStream(file)) {
      // One text of that length would be malformed, as it is for Spark.
      out.write("{\"id\":\"before\"}\n{\"x\":[\"".getBytes(StandardCharsets.US_ASCII));
      for (int written = 0; written < LONG_LINE_BYTES; written += chunk.length) {
        out.write(chunk);
        out.write("\",\"".getBytes(StandardCharsets.US_ASCII));
      }
      out.write("\"],\"id\":\"long\"}\n{\"id\":\"after\"}".getBytes(StandardCharsets.US_ASCII));
    }
    stack.s3().putObject(r -> r.bucket(landing.bucket()).key("in/line.ndjson"), file);

    run(Map.of());

    assertThat(table().count()).isZero();
    DataFrames.assertRows(
        quarantine().select("key", "reason"),
        RowFactory.create("in/line.ndjson", "record-too-large"));

    stack.s3().putObject(r -> r.bucket(landing.bucket()).key("in/again.ndjson"), file);
    run(Map.of("conversion.max-record-size", "256MiB"));

    DataFrames.assertRows(
        table().select("id", "_key"),
        RowFactory.create("before", "in/again.ndjson"),
        RowFactory.create("long", "in/again.ndjson"),
        RowFactory.create("after", "in/again.ndjson"));
  }

  private void run(Map<String, String> overrides) throws IOException, InterruptedException {
    try (ApplicationProcess application = ApplicationProcess.start(landing, overrides, HEAP)) {
      assertThat(application.awaitExit(LIMIT)).as(application.log()).isZero();
    }
  }

  private Dataset<Row> table() {
    return spark.read().format("delta").load(landing.table());
  }

  private Dataset<Row> quarantine() {
    return spark.read().format("delta").load(landing.quarantine());
  }
}
