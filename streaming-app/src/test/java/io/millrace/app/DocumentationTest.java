package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.app.config.AppConfig;
import io.millrace.convert.QuarantineLayout;
import io.millrace.testing.MarkdownBlocks;
import io.millrace.testing.MarkdownBlocks.Block;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every code block of the documentation: YAML goes through {@code config check}, SQL runs on tables
 * as the stream makes them, JSON is parsed, and commands are checked by {@link ShellCommands}.
 */
class DocumentationTest {
  /** Blocks that are not checked, by their places without the line, and how many there are. */
  private static final Map<String, Integer> UNCHECKED =
      Map.of(
          "docs/how-to/own-bucket.md", 2,
          "docs/how-to/own-schema.md", 1,
          "docs/how-to/parquet-directory.md", 2,
          "docs/reference/logs.md", 1,
          "docs/reference/source.md", 1);

  /** Prints, drawings and messages. */
  private static final String TEXT = "text";

  private static final String SMALLEST =
      """
      stream: clicks
      objects:
        buckets: [landing]
      queue:
        url: https://sqs.eu-west-1.amazonaws.com/123456789012/clicks
      ledger:
        path: s3://state/clicks/ledger
      checkpoint: s3://state/clicks/checkpoint
      table:
        path: s3://lake/clicks
      """;

  private static final String SCHEMA =
      "'id STRING, at TIMESTAMP, user STRUCT<name: STRING, age: INT>'";

  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Where the tables are that SQL runs on, empty at first. */
  private record Tables(String main, String quarantine) {}

  @TempDir Path folder;
  private @Nullable Tables tables;
  private final SparkSession spark = TestSpark.session();

  @TestFactory
  Stream<DynamicTest> everyBlockIsRunOrParsed() throws IOException {
    return MarkdownBlocks.all().stream()
        .filter(block -> block.unchecked() == null && !block.language().equals(TEXT))
        .map(block -> DynamicTest.dynamicTest(block.place(), () -> check(block)));
  }

  @Test
  void whatIsNotCheckedIsListedWithAReason() throws IOException {
    Map<String, Integer> unchecked = new TreeMap<>();
    for (Block block : MarkdownBlocks.all()) {
      if (block.unchecked() != null) {
        assertThat(block.unchecked()).as(block.place()).isNotBlank();
        unchecked.merge(block.place().replaceAll(":\\d+$", ""), 1, Integer::sum);
      }
    }
    assertThat(unchecked).isEqualTo(new TreeMap<>(UNCHECKED));
  }

  @Test
  void everyLinkLeadsToAFileOrAHeadingThatIsThere() throws IOException {
    Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#]*)(#[^)]*)?\\)");
    List<String> dead = new ArrayList<>();
    for (Path page : MarkdownBlocks.files()) {
      Matcher matcher = link.matcher(Files.readString(page));
      while (matcher.find()) {
        Path target =
            matcher.group(1).isEmpty() ? page : page.resolveSibling(matcher.group(1)).normalize();
        boolean there =
            Files.exists(target)
                && (matcher.group(2) == null || anchors(target).contains(matcher.group(2)));
        if (!there) {
          dead.add(page + ": " + matcher.group());
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void filesThatCommandsReadAreMadeOnTheSamePage() throws IOException {
    Pattern read = Pattern.compile("(?:file://|--rawfile p )([\\w.-]+)");
    for (Block block : MarkdownBlocks.all()) {
      String page = Files.readString(Path.of("..", block.place().replaceAll(":\\d+$", "")));
      Matcher matcher = read.matcher(block.text());
      while (matcher.find()) {
        String name = matcher.group(1);
        assertThat(page)
            .as(block.place())
            .matches(
                text ->
                    text.contains("Save as `" + name + "`") || text.contains("> " + name + "\n"));
      }
    }
  }

  private void check(Block block) throws Exception {
    switch (block.language()) {
      case "yaml" -> checkYaml(block);
      case "json" -> JSON.readTree(block.text());
      case "sql" -> runSql(block.text());
      case "console", "sh" -> {
        assertThat(block.commands()).isNotEmpty();
        for (String command : block.commands()) {
          ShellCommands.check(command);
        }
      }
      default -> throw new AssertionError("a block without a language that can be checked");
    }
  }

  /** Of a part of a file, as {@code --set} would have it. */
  private void checkYaml(Block block) throws IOException {
    JsonNode tree = YAML.readTree(block.text());
    if (tree.has("stream")) {
      ConfigCheck.of(AppConfig.parse(block.place(), block.text(), Map.of()));
      return;
    }
    Map<String, String> values = new HashMap<>();
    if (!tree.has("schema") && !tree.has("schema-file")) {
      values.put("schema", SCHEMA);
    }
    flatten("", tree, values);
    ConfigCheck.of(AppConfig.parse(block.place(), SMALLEST, values));
  }

  /** As far down as keys go, so that other keys of a group stay. */
  private static void flatten(String name, JsonNode node, Map<String, String> values) {
    boolean settings = name.endsWith("-conf");
    if (node.isObject() && !settings) {
      node.properties()
          .forEach(
              part ->
                  flatten(
                      name.isEmpty() ? part.getKey() : name + "." + part.getKey(),
                      part.getValue(),
                      values));
    } else {
      values.put(name, node.toString());
    }
  }

  /** On empty tables of the stream that the pages set up. */
  private void runSql(String text) throws IOException {
    Tables made = tables == null ? makeTables() : tables;
    tables = made;
    String local =
        text.replaceAll("s3://[\\w-]+/clicks_quarantine", made.quarantine())
            .replaceAll("s3://[\\w-]+/clicks", made.main());
    assertThat(local).doesNotContain("s3://");
    for (String statement : local.strip().replaceFirst(";$", "").split(";", -1)) {
      spark.sql(statement).collectAsList();
    }
  }

  private Tables makeTables() throws IOException {
    AppConfig config =
        AppConfig.parse("clicks", SMALLEST, Map.of("schema", SCHEMA, "table.partition-by", "at"));
    StructType table = ConfigCheck.of(config).columns().orElseThrow();
    String main = create("clicks", table, "date", "hour");
    String quarantine =
        create(
            "clicks_quarantine",
            QuarantineLayout.schema(),
            QuarantineLayout.partitionColumns().toArray(String[]::new));
    return new Tables(main, quarantine);
  }

  private String create(String name, StructType schema, String... partitions) {
    String path = folder.resolve(name).toString();
    spark
        .createDataFrame(List.of(), schema)
        .write()
        .format("delta")
        .partitionBy(partitions)
        .save(path);
    return path;
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> "#" + line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
