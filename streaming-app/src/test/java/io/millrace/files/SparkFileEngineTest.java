package io.millrace.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.OtherJvm;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkFileEngineTest {
  private static final List<String> JVM = List.of("-Xmx1g", "-Duser.timezone=Asia/Kathmandu");
  private static final String SCHEMA =
      "id BIGINT, at TIMESTAMP, name STRING, tags ARRAY<STRING>, place STRUCT<x: DOUBLE>";
  private static final int GOOD = 2000;
  private static final String RECORDS = "spark/_unfinished/records";
  private static final int SIGTERM_STATUS = 143;

  @TempDir private Path directory;
  private Path input;

  @BeforeEach
  void writeInput() throws IOException {
    input = directory.resolve("input.ndjson");
    StringBuilder text = new StringBuilder("no JSON\n");
    for (int id = 0; id < GOOD; id++) {
      text.append(
          "{\"id\":%d,\"at\":\"2026-03-01T%02d:30:00Z\",\"name\":\"n%d\",\"tags\":[\"a\"],\"place\":{\"x\":%d.5}}\n"
              .formatted(id, id % 24, id % 9, id));
    }
    text.append("{\"id\":\"text\"}\n{\"id\":-1}");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(input))) {
      out.write(text.toString().getBytes(UTF_8));
    }
  }

  @Test
  void makesTheRowsThatTheDirectEngineMakes() throws Exception {
    String spark = run("spark");
    String direct = run("direct");

    assertThat(counts(spark))
        .isEqualTo(counts(direct))
        .startsWith("{\"records\":%d,\"malformed\":2,".formatted(GOOD + 1));
    List<Row> sparkRows = rows("spark");
    assertThat(sparkRows).hasSize(GOOD + 1);
    assertThat(rows("direct")).isEqualTo(sparkRows);
    assertKeepsMalformedRecordsAndNothingUnfinished();
  }

  private void assertKeepsMalformedRecordsAndNothingUnfinished() throws IOException {
    Path output = directory.resolve("spark");
    try (Stream<Path> files = Files.walk(output)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .allMatch(file -> file.endsWith(".parquet") || file.contains("_malformed"));
    }
    assertThat(output.resolve("_malformed/part-00000.ndjson"))
        .content()
        .contains("\"offset\":0,\"reason\":\"malformed\",\"length\":7,\"text\":\"no JSON\"")
        .contains("{\\\"id\\\":\\\"text\\\"}");
  }

  @Test
  void leavesNothingWhereAMalformedRecordIsFatal() throws Exception {
    String result = run("spark", "--on-malformed", "fail");

    assertThat(result).contains("input.ndjson: the record at byte 0 is malformed");
    assertThat(directory.resolve("spark")).isEmptyDirectory();
  }

  @Test
  void leavesNothingWhenItIsToldToEnd() throws Exception {
    Files.writeString(input, "{\"id\":1,\"tags\":[\"a\",\"b\"]}\n".repeat(3_000_000));
    Process process = start("spark");
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !process.isAlive() || Files.exists(directory.resolve(RECORDS)));
      process.destroy();
      assertThat(process.waitFor()).as(read("stderr")).isEqualTo(SIGTERM_STATUS);
    } finally {
      process.destroyForcibly();
    }

    assertThat(directory.resolve("spark")).isEmptyDirectory();
    assertThat(read("stdout"))
        .isEqualTo("{\"error\":\"stopped before the end; no file is left\"}\n");
  }

  @Test
  void replacesWhatAProcessThatWasKilledLeftBehind() throws Exception {
    Files.createFile(Files.createDirectories(directory.resolve(RECORDS)).resolve("a.parquet"));

    String result = run("spark", "--overwrite");

    assertThat(result).startsWith("{\"records\":%d,".formatted(GOOD + 1));
    assertThat(rows("spark")).hasSize(GOOD + 1);
    assertKeepsMalformedRecordsAndNothingUnfinished();
  }

  private String run(String engine, String... options) throws Exception {
    start(engine, options).waitFor();
    assertThat(read("stdout")).as(read("stderr")).startsWith("{");
    return read("stdout");
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  /** In a process of its own: an engine's Spark ends with it, and the tests share one. */
  private Process start(String engine, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(SparkConvertMain.class.getName());
    command.addAll(List.of("--engine", engine, "--schema", SCHEMA, "--json", "--threads", "1"));
    command.addAll(List.of("--output", directory.resolve(engine).toString()));
    command.addAll(List.of("--partition-by", "at", "--time-zone", "Asia/Kathmandu"));
    command.addAll(List.of(options));
    command.add(input.toString());
    return new ProcessBuilder(OtherJvm.command(JVM, command))
        .redirectOutput(directory.resolve("stdout").toFile())
        .redirectError(directory.resolve("stderr").toFile())
        .start();
  }

  /** The fields that do not depend on the engine's way of writing. */
  private static String counts(String json) {
    return json.substring(0, json.indexOf("\"bytes_in\""));
  }

  private List<Row> rows(String engine) {
    Dataset<Row> table = TestSpark.session().read().parquet(directory.resolve(engine).toString());
    return table.orderBy("id").collectAsList();
  }
}
