package io.millrace.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.SnappyFramedOutputStream;

class ConvertCommandTest {
  private static final String SCHEMA = "id BIGINT, at TIMESTAMP, name STRING, tags ARRAY<STRING>";
  private static final int RECORDS = 5000;

  @TempDir private Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(directory.resolve("input.ndjson"), records(0, RECORDS));
    output = directory.resolve("output");
  }

  @Test
  void convertsInAProcessThatHasNoSpark() throws Exception {
    ConvertRun run =
        ConvertRun.process(
            directory, "--schema", SCHEMA, "--output", output + "", "--json", input + "");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).matches("\\{[^\n]*}\n");
    assertThat(run.number("records")).isEqualTo(RECORDS);
    assertThat(run.number("malformed")).isZero();
    assertThat(run.number("bytes_in")).isEqualTo((double) Files.size(input));
    assertThat(run.number("bytes_out")).isEqualTo((double) bytes(parquet()));
    assertThat(run.number("seconds")).isPositive().isLessThan(run.number("process_seconds"));
    assertThat(run.number("cpu_seconds")).isPositive();
    assertThat(run.number("mb_per_second")).isPositive();
    assertThat(run.number("peak_rss_bytes")).isBetween(20e6, 512e6);
    assertThat(run.err()).startsWith("5,000 records, 0 malformed;").hasLineCount(1);
    assertThat(ask("count(*), count(DISTINCT id), sum(id), min(\"at\"), max(len(tags))"))
        .isEqualTo("5000 5000 12497500 2026-03-01 00:00:00+00 2");
  }

  @Test
  void tellsAProcessThatFailedByItsStatusAndItsJson() throws Exception {
    ConvertRun run =
        ConvertRun.process(
            directory, "--schema", SCHEMA, "--output", output + "", "--json", directory + "/none");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo("{\"error\":\"%s/none does not exist\"}\n".formatted(directory));
  }

  @Test
  void saysNothingButWhyAProcessFailed() throws Exception {
    ConvertRun run =
        ConvertRun.process(
            directory, "--schema", SCHEMA, "--output", output + "", directory + "/none");

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("%s/none does not exist\n".formatted(directory));
  }

  @ParameterizedTest
  @CsvSource({
    "zstd, ZSTD",
    "zstd:-3, ZSTD",
    "zstd:19, ZSTD",
    "snappy, SNAPPY",
    "gzip, GZIP",
    "gzip:1, GZIP",
    "none, UNCOMPRESSED"
  })
  void compressesWithTheCodecThatIsAskedFor(String codec, String expected) throws Exception {
    ConvertRun run = convert("--schema", SCHEMA, "--codec", codec, input + "");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ask("count(*), count(DISTINCT id), sum(id)")).isEqualTo("5000 5000 12497500");
    assertThat(query("string_agg(DISTINCT compression) FROM parquet_metadata")).isEqualTo(expected);
  }

  @Test
  void takesTheSchemaFromAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("schema.ddl"), SCHEMA.replace(",", ",\n"));

    assertThat(convert("--schema", file + "", input + "").status()).isZero();
    assertThat(ask("count(name)")).isEqualTo("5000");
  }

  @Test
  void sharesFilesAmongThreads() throws Exception {
    Path second = Files.writeString(directory.resolve("second.ndjson"), records(RECORDS, 700));

    ConvertRun run = convert("--schema", SCHEMA, "--threads", "2", input + "", second + "");

    assertThat(run.number("records")).isEqualTo(RECORDS + 700);
    assertThat(ask("count(*), count(DISTINCT id)")).isEqualTo("5700 5700");
  }

  @Test
  void convertsAllFilesBelowADirectoryButHiddenOnes() throws Exception {
    Path inputs = Files.createDirectories(directory.resolve("in/deep/_old")).getParent();
    Files.copy(input, inputs.resolve("a.json"));
    Files.copy(input, inputs.resolve(".b.json"));
    Files.copy(input, inputs.resolve("_old/c.json"));

    convert("--schema", SCHEMA, directory.resolve("in") + "");

    assertThat(ask("count(*)")).isEqualTo("5000");
  }

  @Test
  void writesAnEmptyOutputForAnEmptyInput() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.ndjson"));

    ConvertRun run = convert("--schema", SCHEMA, empty + "");

    assertThat(run.status()).isZero();
    assertThat(run.number("records")).isZero();
    assertThat(run.number("bytes_in")).isZero();
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void refusesAnOutputThatHoldsSomethingUnlessItMayReplaceIt() throws Exception {
    convert("--schema", SCHEMA, input + "");
    List<Path> before = parquet();

    ConvertRun refused = convert("--schema", SCHEMA, input + "");
    ConvertRun replaced = convert("--schema", SCHEMA, "--overwrite", input + "");

    assertThat(before).isNotEmpty();
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("output is not empty; choose another directory");
    assertThat(replaced.status()).isZero();
    assertThat(ask("count(*)")).isEqualTo("5000");
  }

  @Test
  void quarantinesMalformedRecordsWithTheirPlaceAndText() throws Exception {
    Files.write(
        input,
        concat(
            "{\"id\":1}\nno \"JSON\"\n{\"id\":2}\n".getBytes(UTF_8),
            new byte[] {'{', (byte) 0xff, '}', '\n'},
            "[{\"id\":3}]\n{\"id\":4}".getBytes(UTF_8)));

    ConvertRun run = convert("--schema", SCHEMA, input + "");

    assertThat(run.status()).isZero();
    assertThat(run.number("records")).isEqualTo(3);
    assertThat(run.number("malformed")).isEqualTo(3);
    assertThat(ask("sum(id)")).isEqualTo("7");
    assertThat(output.resolve("_malformed/part-00000.ndjson"))
        .hasContent(
            """
            {"file":"INPUT","offset":9,"reason":"not_json","length":9,"text":"no \\"JSON\\""}
            {"file":"INPUT","offset":28,"reason":"not_json","length":3,"base64":"e/99"}
            {"file":"INPUT","offset":32,"reason":"not_an_object","length":10,"text":"[{\\"id\\":3}]"}
            """
                .replace("INPUT", input + ""));
  }

  @Test
  void failsAtTheFirstMalformedRecordWhereNoneIsAllowed() throws Exception {
    Files.writeString(input, "{\"id\":1}\nno JSON\n");

    ConvertRun run = convert("--schema", SCHEMA, "--on-malformed", "fail", input + "");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("input.ndjson: the record at byte 9 is malformed: not_json");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void failsWhereTheShareOfMalformedRecordsIsOverTheLimit() throws Exception {
    Files.writeString(input, "{\"id\":1}\nno JSON\n{\"id\":2}\n");

    ConvertRun allowed = convert("--schema", SCHEMA, "--max-malformed-ratio", "0.34", input + "");
    ConvertRun refused =
        convert("--schema", SCHEMA, "--overwrite", "--max-malformed-ratio", "0.33", input + "");

    assertThat(allowed.status()).isZero();
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("1 of the first 3 records are malformed");
  }

  @Test
  void partitionsByDateAndHourOfATimestamp() throws Exception {
    Files.writeString(
        input, records(0, RECORDS) + "{\"id\":-1}\n{\"id\":-2,\"at\":\"2025-12-31T23:59:59Z\"}\n");

    ConvertRun run =
        convert(
            "--schema",
            SCHEMA,
            "--partition-by",
            "at",
            "--time-zone",
            "Asia/Kathmandu",
            input + "");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ask("count(*), count(date), min(date), max(date), count(DISTINCT (date, hour))"))
        .isEqualTo("5002 5001 2026-01-01 2026-03-01 6");
    assertThat(
            ask(
                "count(*) FILTER (hour <> hour(\"at\" + INTERVAL 345 MINUTES)"
                    + " OR date <> (\"at\" + INTERVAL 345 MINUTES)::DATE)"))
        .isEqualTo("0");
    assertThat(output.resolve("date=__HIVE_DEFAULT_PARTITION__/hour=__HIVE_DEFAULT_PARTITION__"))
        .isDirectory();
  }

  @Test
  void readsCompressedFilesWhateverTheyAreCalled() throws Exception {
    byte[] bytes = Files.readAllBytes(input);
    List<String> files = new ArrayList<>();
    for (Compressed format : Compressed.values()) {
      files.add(format.write(directory.resolve(format + ".ndjson"), bytes, bytes) + "");
    }
    files.add(Files.copy(input, directory.resolve("plain.gz")) + "");

    ConvertRun run = convert(args("--schema", SCHEMA), files);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.number("records")).isEqualTo(11 * RECORDS);
    assertThat(run.number("bytes_in")).isEqualTo(11 * bytes.length);
    assertThat(ask("count(*), count(DISTINCT id)")).isEqualTo("55000 5000");
  }

  @Test
  void leavesNoFileWhereACompressedOneIsCutOff() throws Exception {
    byte[] bytes = Files.readAllBytes(input);
    for (Compressed format : Compressed.values()) {
      Path file = format.write(directory.resolve(format + ".ndjson"), bytes);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length - 5));

      ConvertRun run = convert("--schema", SCHEMA, input + "", file + "");

      assertThat(run.status()).as("%s", format).isEqualTo(1);
      assertThat(run.out()).contains(file + ": its ").contains("damaged or cut off at byte");
      assertThat(output).isEmptyDirectory();
    }
  }

  @Test
  void explainsWrongUsageAndExitsWithTwo() {
    assertUsage("Missing required option: '--schema=FILE|DDL'", "--output", "o", "i");
    assertUsage("there is no engine spark here", with("--engine", "spark"));
    assertUsage("'lzo' is no codec", with("--codec", "lzo"));
    assertUsage("--threads must be positive: 0", with("--threads", "0"));
    assertUsage("--on-malformed is quarantine or fail, not skip", with("--on-malformed", "skip"));
    assertUsage("there is no field when to partition by", with("--partition-by", "when"));
    assertUsage("Unknown time-zone ID: Mars", with("--time-zone", "Mars"));
    assertUsage("maxMalformedRatio is 2.0", with("--max-malformed-ratio", "2"));
    assertUsage("line 1, column", "--schema", "id WHAT", "--output", "o", "i");
  }

  private void assertUsage(String message, String... args) {
    ConvertRun run = ConvertRun.here(args(args, "--json"));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).startsWith("{\"error\":\"").contains(message.replace("\"", "\\\""));
    assertThat(run.err()).contains("see millrace convert --help");
  }

  private String[] with(String... options) {
    return args(options, "--schema", SCHEMA, "--output", output + "", input + "");
  }

  private ConvertRun convert(String... args) {
    return ConvertRun.here(args(args, "--output", output + "", "--json"));
  }

  private ConvertRun convert(String[] args, List<String> files) {
    return convert(args(args, files.toArray(String[]::new)));
  }

  private static String[] args(String first, String second) {
    return new String[] {first, second};
  }

  private static String[] args(String[] first, String... second) {
    return Stream.concat(Arrays.stream(second), Arrays.stream(first)).toArray(String[]::new);
  }

  private static String records(int from, int count) {
    StringBuilder text = new StringBuilder();
    for (int id = from; id < from + count; id++) {
      text.append(
              "{\"id\":%d,\"at\":\"2026-03-01T%02d:%02d:00.5Z\",\"name\":\"n%d\","
                  .formatted(id, id * 3 / RECORDS, id % 60, id % 7))
          .append(id % 2 == 0 ? "\"tags\":[\"a\",\"b\"]}\n" : "\"tags\":[]}\n");
    }
    return text.toString().replaceFirst("00\\.5Z", "00Z");
  }

  /** What DuckDB answers about the rows of the output. */
  private String ask(String aggregates) throws SQLException {
    return query("concat_ws(' ', %s) FROM read_parquet".formatted(aggregates));
  }

  /** What DuckDB answers about the output's files, which a table function takes. */
  private String query(String expressionsFromFunction) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result =
          statement.executeQuery(
              "SELECT %s('%s/**/*.parquet')".formatted(expressionsFromFunction, output))) {
        result.next();
        return result.getString(1);
      }
    }
  }

  private List<Path> parquet() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private static long bytes(List<Path> files) {
    return files.stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private enum Compressed {
    GZIP {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new GZIPOutputStream(out);
      }
    },
    ZSTD {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new ZstdOutputStream(out);
      }
    },
    BZIP2 {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new BZip2CompressorOutputStream(out);
      }
    },
    LZ4 {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new FramedLZ4CompressorOutputStream(out);
      }
    },
    SNAPPY {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new SnappyFramedOutputStream(out);
      }
    };

    abstract OutputStream over(OutputStream out) throws IOException;

    /** Each part a member of its own. */
    Path write(Path file, byte[]... parts) throws IOException {
      try (OutputStream all = Files.newOutputStream(file)) {
        for (byte[] part : parts) {
          ByteArrayOutputStream member = new ByteArrayOutputStream();
          try (OutputStream out = over(member)) {
            out.write(part);
          }
          all.write(member.toByteArray());
        }
      }
      return file;
    }
  }
}
