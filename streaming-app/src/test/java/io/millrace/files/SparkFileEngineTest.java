package io.millrace.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String SCHEMA =
      "id BIGINT, at TIMESTAMP, name STRING, tags ARRAY<STRING>, place STRUCT<x: DOUBLE>";
  private static final int GOOD = 2000;

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

  /** In a process of its own: an engine's Spark ends with it, and the tests share one. */
  private String run(String engine, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SparkConvertMain.class.getName());
    command.addAll(List.of("--engine", engine, "--schema", SCHEMA, "--json", "--threads", "1"));
    command.addAll(List.of("--output", directory.resolve(engine).toString()));
    command.addAll(List.of("--partition-by", "at", "--time-zone", "Asia/Kathmandu"));
    command.addAll(List.of(options));
    command.add(input.toString());
    Path out = directory.resolve("stdout");
    Path err = directory.resolve("stderr");
    new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start()
        .waitFor();
    assertThat(out).as(Files.readString(err)).content().startsWith("{");
    return Files.readString(out);
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
