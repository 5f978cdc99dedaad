package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.config.AppConfig;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigCommandTest {
  private static final Path DOCS = Path.of("../docs");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("examples"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleCanBeUsed(Path example) {
    assertThat(run("config", "check", example.toString())).as(err.toString()).isZero();
  }

  @Test
  void thereAreTheseExamples() throws IOException {
    assertThat(examples())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("cross-account.yaml", "emr.yaml", "kms.yaml", "local.yaml");
  }

  @Test
  void everyFileInTheReferenceCanBeUsed() throws IOException {
    String text = Files.readString(DOCS.resolve("reference/configuration.md"));
    Matcher blocks = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(text);
    int files = 0;
    while (blocks.find()) {
      files++;
      AppConfig.parse("block " + files, blocks.group(1), Map.of());
    }
    assertThat(files).isPositive();
  }

  @Test
  void whatInitWritesCanBeCheckedAsItStands() throws IOException {
    assertThat(run("config", "init")).isZero();
    Path file = Files.writeString(folder.resolve("new.yaml"), out.toString());
    out.getBuffer().setLength(0);

    assertThat(run("config", "check", file.toString())).isZero();

    assertThat(out)
        .hasToString(
            file
                + """
                : stream clicks can be configured like this
                table columns: id STRING,at TIMESTAMP,_ordinal BIGINT,date DATE,hour INT
                not checked: whether queue, buckets and roles are there and may be used
                not checked: whether ledger, checkpoint and tables can be written, and fit the stream
                not checked: whether Spark and Hadoop know the settings of spark-conf and hadoop-conf
                """);
  }

  @Test
  void whatInitWritesHasEveryDefaultAsAComment() {
    run("config", "init");
    String uncommented = out.toString().replaceAll("(?m)^( *)# ( *[a-z0-9-]+:( \\S.*)?)$", "$1$2");

    AppConfig given = AppConfig.parse("given", out.toString(), Map.of());
    AppConfig all = AppConfig.parse("all", uncommented, Map.of());

    assertThat(uncommented)
        .contains(
            "\n  pollers: 4\n", "\ntrigger:\n", "\n  mode: continuous\n", "\nspark-conf: {}\n");
    assertThat(all).isEqualTo(given);
  }

  @Test
  void checkTellsEveryFaultAtOnce() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.yaml"),
            """
            stream: Clicks
            schema: id STRING
            objects:
              buckets: [landing]
            queue:
              url: https://user:canary@sqs.example.org/1/q
              pollers: 100
            ledger:
              path: s3://state/ledger
            checkpoint: s3://state/checkpoint
            tabel:
              path: s3://lake/clicks
            """);

    assertThat(run("config", "check", file.toString())).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("stream", "queue.url", "queue.pollers", "tabel", "table.path is missing")
        .doesNotContain("canary");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void checkKnowsWhatDoesNotGoTogether() {
    String example = DOCS.resolve("examples/local.yaml").toString();

    assertThat(run("config", "check", example, "--set", "table.partition-by=id"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run("config", "check", example, "--set", "table.date-column=at"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run("config", "check", example, "--set", "schema=id STRANG"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run("config", "check", folder.resolve("none.yaml").toString()))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains(
            "the column id that is to partition is STRING, not TIMESTAMP",
            "the table has the column at twice",
            "STRANG",
            "there is no such file");
  }

  @Test
  void aSchemaElsewhereIsSaidNotToBeChecked() {
    run("config", "check", DOCS.resolve("examples/emr.yaml").toString());

    assertThat(out.toString())
        .contains("not checked: the schema in s3://config-bucket/clicks/schema.ddl")
        .doesNotContain("table columns");
  }

  @Test
  void aCommandWithoutItsOwnIsWrongUsage() {
    assertThat(run("config")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("give check or init");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(new BufferedWriter(out)))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
