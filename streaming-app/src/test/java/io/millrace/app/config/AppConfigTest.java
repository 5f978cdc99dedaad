package io.millrace.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.convert.ParallelReads;
import io.millrace.convert.Patience;
import io.millrace.convert.QuarantineLimits;
import io.millrace.convert.RequestLimits;
import io.millrace.input.DecompressionLimits;
import io.millrace.ledger.OnOverwrite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigTest {
  private static final String SMALLEST =
      """
      stream: clicks
      schema: id STRING
      objects:
        buckets: [landing]
      queue:
        url: https://sqs.eu-west-1.amazonaws.com/1/q
      ledger:
        path: s3://state/clicks/ledger
      checkpoint: s3://state/clicks/checkpoint
      table:
        path: s3://lake/clicks/
      """;

  @Test
  void theSmallestFileTakesEveryDefault() {
    AppConfig config = parse(Map.of());

    assertThat(config.timeZone().getRules()).isEqualTo(ZoneOffset.UTC.getRules());
    assertThat(config.table())
        .isEqualTo(
            new AppConfig.Table(
                "s3://lake/clicks/",
                TableFormat.DELTA,
                Duration.ofDays(1),
                "s3://lake/clicks_quarantine",
                null,
                "date",
                "hour",
                List.of()));
    assertThat(config.ledger().onOverwrite()).isEqualTo(OnOverwrite.REPLACE);
    assertThat(config.ledger().retention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.conversion())
        .isEqualTo(
            new AppConfig.Conversion(
                EngineKind.DIRECT,
                List.of(),
                256 << 20,
                64 << 20,
                256 << 20,
                new DecompressionLimits(1L << 40, 200)));
    assertThat(config.objectStore().reads()).isEqualTo(new ParallelReads(4, 8 << 20));
    assertThat(config.quarantine())
        .isEqualTo(new QuarantineLimits(1 << 20, 100_000, 256 << 20, 0.5, 100));
    assertThat(config.patience()).isEqualTo(new Patience(10, Duration.ofHours(2)));
    assertThat(config.objectStore().limits())
        .isEqualTo(new RequestLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), 4));
    assertThat(config.admission())
        .isEqualTo(new AppConfig.Admission(10_000, 4L << 40, Duration.ofMinutes(1)));
    assertThat(config.trigger())
        .isEqualTo(
            new AppConfig.Trigger(
                TriggerMode.CONTINUOUS, Duration.ofSeconds(10), Duration.ofMinutes(5)));
    assertThat(config.intake().pollers()).isEqualTo(4);
    assertThat(config.intake().pollWait()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.intake().maxUndurableMessages()).isEqualTo(10_000);
    assertThat(config.intake().maxUndurableBytes()).isEqualTo(128L << 20);
    assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aParquetDirectoryAppendsAndReplacesNothing() {
    assertThat(parse(Map.of("table.format", "parquet")).ledger().onOverwrite())
        .isEqualTo(OnOverwrite.APPEND);
    assertThat(faults(SMALLEST, Map.of("table.format", "parquet", "table.on-overwrite", "replace")))
        .singleElement()
        .asString()
        .contains("rows of a Parquet directory can't be replaced");
  }

  @Test
  void anOverrideWinsOverTheFileAndIsReadAsYaml() {
    AppConfig config =
        parse(
            Map.of(
                "trigger.mode", "available-now",
                "objects.buckets", "[one, two]",
                "spark-conf", "{spark.ui.enabled: false}"));

    assertThat(config.trigger().mode()).isEqualTo(TriggerMode.AVAILABLE_NOW);
    assertThat(config.objects().buckets()).containsExactlyInAnyOrder("one", "two");
    assertThat(config.sparkConf()).containsExactly(Map.entry("spark.ui.enabled", "false"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          admision.max-objects | 5 | admision.max-objects is not a known key; did you mean admission.max-objects?
          queue.pollers | 65 | queue.pollers is '65': must be an integer from 1 to 64
          queue.pollers | many | queue.pollers is 'many': must be an integer from 1 to 64
          queue.wait | 20 | queue.wait is '20': not a duration with a unit, like 500ms, 30s, 5m, 2h, 7d
          queue.wait | 21s | queue.wait is '21s': must be 1s to 20s
          conversion.split-size | 256 | conversion.split-size is '256': not a size with a unit, like 256MiB or 4GB
          conversion.split-size | 1KiB | conversion.split-size is '1KiB': must be 1MiB to 1TiB
          quarantine.max-malformed-ratio | 1.5 | quarantine.max-malformed-ratio is '1.5': must be a number from 0 to 1
          table.format | csv | table.format is 'csv': must be one of delta, parquet
          table.abandoned-after | 1m | table.abandoned-after is '1m': must be 1h to 30d
          table.on-overwrite | keep | table.on-overwrite is 'keep': must be one of replace, append, ignore
          table.hour-column | DATE | table.hour-column is the same as table.date-column
          table.metadata-columns | [size] | table.metadata-columns has 'size': must be of bucket, key, version, offset
          time-zone | Mars/Phobos | time-zone is 'Mars/Phobos': not a time zone, like UTC or Europe/Paris
          s3.endpoint | https://user:pw@host | s3.endpoint is 'https://********@host': must not hold credentials
          s3.path-style | maybe | s3.path-style is 'maybe': must be true or false
          stream | Clicks | stream is 'Clicks': must be 1 to 63 lower-case letters, digits and hyphens
          trigger | here | trigger is 'here': it has keys of its own
          schema-file | s3://x/y | schema: exactly one of schema and schema-file must be given
          ledger.path | null | ledger.path is missing: The directory of the stream's ledger.
          """)
  void aFaultNamesKeyValueAndBound(String key, String value, String fault) {
    assertThat(faults(SMALLEST, Map.of(key, value))).containsExactly(fault);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThat(faults("stream: a b\nqueu: {url: x}", Map.of()))
        .contains(
            "queu is not a known key; did you mean queue?",
            "stream is 'a b': must be 1 to 63 lower-case letters, digits and hyphens")
        .anyMatch(fault -> fault.startsWith("objects.buckets is missing"));
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThat(faults(SMALLEST + "stream: other\n", Map.of()))
        .anyMatch(
            fault ->
                fault.matches(
                    "the file is not valid YAML at line [0-9]+, column [0-9]+:"
                        + " Duplicate field 'stream'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@canary", "%canary", "`canary", "a: canary: b", "'canary", "*canary"})
  void whatIsNoYamlIsToldByItsPlaceAndNotQuoted(String value) {
    assertThat(faults("hadoop-conf:\n  fs.s3a.secret.key: " + value, Map.of()))
        .isNotEmpty()
        .noneMatch(fault -> fault.contains("canary"));
  }

  @Test
  void aMissingFileIsNamed() {
    ConfigException fault =
        catchThrowableOfType(
            ConfigException.class, () -> AppConfig.read(Path.of("no-such.yaml"), Map.of()));
    assertThat(fault).hasMessage("no-such.yaml:\n  there is no such file");
  }

  @Test
  void anExternalIdWithoutARoleIsRefused() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class, () -> parse(Map.of("queue.external-id", "clicks-7f3a")));
    assertThat(refused)
        .hasMessageContaining("queue.external-id is of no use without queue.role-arn");
  }

  @Test
  void theEffectiveConfigurationReadsBackAsItselfAndShowsNoSecret() {
    AppConfig config =
        parse(Map.of("hadoop-conf", "{fs.s3a.secret.key: canary, fs.s3a.endpoint: 'http://h'}"));

    assertThat(config.effective())
        .doesNotContain("canary")
        .contains("fs.s3a.endpoint: http://h")
        .contains("split-size: 256MiB");
    assertThat(AppConfig.parse("again", config.effective(), Map.of()).effective())
        .isEqualTo(config.effective());
  }

  @Test
  void aSecretAmongOptionsIsNotShown() {
    AppConfig config =
        parse(
            Map.of(
                "spark-conf",
                "{spark.executor.extraJavaOptions: -Djavax.net.ssl.trustStorePassword=canary,"
                    + " spark.executor.memory: 4g}"));

    assertThat(config.effective())
        .doesNotContain("canary")
        .contains("spark.executor.memory: 4g", "spark.executor.extraJavaOptions: '********'");
  }

  private static AppConfig parse(Map<String, String> overrides) {
    return AppConfig.parse("test.yaml", SMALLEST, overrides);
  }

  private static List<String> faults(String yaml, Map<String, String> overrides) {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> AppConfig.parse("test.yaml", yaml, overrides));
    return e.faults();
  }
}
