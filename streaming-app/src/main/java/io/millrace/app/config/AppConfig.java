package io.millrace.app.config;

import static java.util.Objects.requireNonNull;

import io.millrace.convert.ObjectStoreSettings;
import io.millrace.convert.ParallelReads;
import io.millrace.convert.Patience;
import io.millrace.convert.QuarantineLimits;
import io.millrace.convert.RequestLimits;
import io.millrace.input.DecompressionLimits;
import io.millrace.intake.IntakeSettings;
import io.millrace.ledger.LedgerSettings;
import io.millrace.ledger.OnOverwrite;
import io.millrace.metrics.BindAddress;
import io.millrace.notification.ObjectFilter;
import io.millrace.queue.QueueSettings;
import io.millrace.request.AssumedRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one stream is told.
 *
 * @param schema DDL or Spark's JSON; null where {@code schemaFile} has it
 * @param schemaFile where the schema is; null where {@code schema} is it
 * @param effective the configuration as YAML, defaults included and secrets masked
 */
public record AppConfig(
    String stream,
    ZoneId timeZone,
    @Nullable String schema,
    @Nullable String schemaFile,
    ObjectFilter objects,
    QueueSettings queue,
    IntakeSettings intake,
    ObjectStoreSettings objectStore,
    String ledgerPath,
    LedgerSettings ledger,
    String checkpoint,
    Table table,
    Conversion conversion,
    QuarantineLimits quarantine,
    Patience patience,
    Admission admission,
    Trigger trigger,
    Duration shutdownTimeout,
    Monitoring monitoring,
    Map<String, String> sparkConf,
    Map<String, String> hadoopConf,
    String effective) {

  /** The value of {@code table.partition-by} that means no column. */
  public static final String EVENT_TIME = "event-time";

  private static final Set<String> METADATA = Set.of("bucket", "key", "version", "offset");

  /**
   * Where rows go.
   *
   * @param abandonedAfter how long pending files that nobody names are left alone
   * @param timestampColumn what partitions; null is the object's event time
   */
  public record Table(
      String path,
      TableFormat format,
      Duration abandonedAfter,
      String quarantinePath,
      @Nullable String timestampColumn,
      String dateColumn,
      String hourColumn,
      List<String> metadataColumns) {}

  /**
   * How objects become rows.
   *
   * @param projection for Spark's engine only
   */
  public record Conversion(
      EngineKind engine,
      List<String> projection,
      long splitBytes,
      int maxRecordBytes,
      long targetFileBytes,
      DecompressionLimits decompression) {}

  /** A batch's bounds, and how long it is to take. */
  public record Admission(long maxObjects, long maxBytes, Duration targetDuration) {}

  /** When batches are made. */
  public record Trigger(TriggerMode mode, Duration interval, Duration receiveLimit) {}

  /**
   * What is told of the stream.
   *
   * @param bind where metrics and health are; empty where they are not told
   * @param maxFailedBatches tries in a row that may fail before the stream is not ready
   * @param unreachableLimit how long queue or ledger may be out of reach before it is not ready
   */
  public record Monitoring(
      Optional<BindAddress> bind, int maxFailedBatches, Duration unreachableLimit) {}

  /**
   * Reads the file and the overrides.
   *
   * @param overrides dotted key to YAML value
   * @throws ConfigException with everything that is wrong
   */
  public static AppConfig read(Path file, Map<String, String> overrides) throws IOException {
    try {
      return parse(file.toString(), Files.readString(file), overrides);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file.toString(), List.of("there is no such file"));
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param source what {@code yaml} is called in messages
   */
  public static AppConfig parse(String source, String yaml, Map<String, String> overrides) {
    ConfigReader reader = new ConfigReader(yaml, overrides);
    EffectiveConfig values = new EffectiveConfig(reader);
    check(values, reader);
    values.refuseIfFaulty(source);
    try {
      return assemble(values);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(source, List.of(requireNonNull(e.getMessage())));
    }
  }

  private static void check(EffectiveConfig values, ConfigReader reader) {
    if ((values.get(Keys.SCHEMA) == null) == (values.get(Keys.SCHEMA_FILE) == null)) {
      reader.fault("schema: exactly one of schema and schema-file must be given");
    }
    List<String> metadata = values.require(Keys.METADATA_COLUMNS);
    for (String column : metadata) {
      if (!METADATA.contains(column)) {
        reader.fault(
            "table.metadata-columns has '%s': must be of bucket, key, version, offset"
                .formatted(column));
      }
    }
    if (new HashSet<>(metadata).size() != metadata.size()) {
      reader.fault("table.metadata-columns names a column twice");
    }
    if (values.require(Keys.TABLE_FORMAT) == TableFormat.PARQUET
        && values.get(Keys.ON_OVERWRITE) == OnOverwrite.REPLACE) {
      reader.fault(
          "table.on-overwrite is replace: rows of a Parquet directory can't be replaced, for its"
              + " readers would see old and new ones, or neither; use append or ignore, or a Delta"
              + " table (table.format)");
    }
    refuseWithoutRole(values, reader, Keys.QUEUE_ROLE, Keys.QUEUE_EXTERNAL_ID);
    refuseWithoutRole(values, reader, Keys.S3_ROLE, Keys.S3_EXTERNAL_ID);
    if (values.require(Keys.DATE_COLUMN).equalsIgnoreCase(values.require(Keys.HOUR_COLUMN))) {
      reader.fault("table.hour-column is the same as table.date-column");
    }
  }

  private static void refuseWithoutRole(
      EffectiveConfig values, ConfigReader reader, Key<String> role, Key<String> externalId) {
    if (values.get(externalId) != null && values.get(role) == null) {
      reader.fault("%s is of no use without %s".formatted(externalId.name(), role.name()));
    }
  }

  private static @Nullable AssumedRole role(
      EffectiveConfig values, Key<String> role, Key<String> externalId) {
    String arn = values.get(role);
    return arn == null ? null : new AssumedRole(arn, values.get(externalId));
  }

  private static AppConfig assemble(EffectiveConfig values) {
    String tablePath = values.require(Keys.TABLE_PATH);
    String quarantine = values.get(Keys.QUARANTINE_PATH);
    String partitionBy = values.require(Keys.PARTITION_BY);
    OnOverwrite onOverwrite = values.get(Keys.ON_OVERWRITE);
    return new AppConfig(
        values.require(Keys.STREAM),
        values.require(Keys.TIME_ZONE),
        values.get(Keys.SCHEMA),
        values.get(Keys.SCHEMA_FILE),
        new ObjectFilter(
            Set.copyOf(values.require(Keys.BUCKETS)),
            values.require(Keys.PREFIXES),
            values.require(Keys.SUFFIXES)),
        new QueueSettings(
            values.require(Keys.QUEUE_URL),
            values.get(Keys.QUEUE_ENDPOINT),
            values.get(Keys.QUEUE_REGION),
            role(values, Keys.QUEUE_ROLE, Keys.QUEUE_EXTERNAL_ID)),
        new IntakeSettings(
            values.require(Keys.QUEUE_POLLERS),
            values.require(Keys.QUEUE_WAIT),
            values.require(Keys.MAX_UNDURABLE_MESSAGES),
            values.require(Keys.MAX_UNDURABLE_BYTES).bytes()),
        new ObjectStoreSettings(
            values.get(Keys.S3_ENDPOINT),
            values.get(Keys.S3_REGION),
            values.require(Keys.S3_PATH_STYLE),
            role(values, Keys.S3_ROLE, Keys.S3_EXTERNAL_ID),
            new RequestLimits(
                values.require(Keys.S3_CONNECT_TIMEOUT),
                values.require(Keys.S3_READ_TIMEOUT),
                values.require(Keys.S3_ATTEMPTS)),
            new ParallelReads(
                values.require(Keys.S3_PARALLEL_READS),
                Math.toIntExact(values.require(Keys.S3_RANGE_SIZE).bytes()))),
        values.require(Keys.LEDGER_PATH),
        new LedgerSettings(
            onOverwrite == null
                ? values.require(Keys.TABLE_FORMAT).standardOnOverwrite()
                : onOverwrite,
            values.require(Keys.LEDGER_RETENTION),
            LedgerSettings.DEFAULT_MAX_REJECTED_BODY_BYTES),
        values.require(Keys.CHECKPOINT),
        new Table(
            tablePath,
            values.require(Keys.TABLE_FORMAT),
            values.require(Keys.ABANDONED_AFTER),
            quarantine == null ? tablePath.replaceAll("/+$", "") + "_quarantine" : quarantine,
            partitionBy.equals(EVENT_TIME) ? null : partitionBy,
            values.require(Keys.DATE_COLUMN),
            values.require(Keys.HOUR_COLUMN),
            values.require(Keys.METADATA_COLUMNS)),
        new Conversion(
            values.require(Keys.ENGINE),
            values.require(Keys.PROJECTION),
            values.require(Keys.SPLIT_SIZE).bytes(),
            Math.toIntExact(values.require(Keys.MAX_RECORD).bytes()),
            values.require(Keys.TARGET_FILE_SIZE).bytes(),
            new DecompressionLimits(
                values.require(Keys.MAX_DECOMPRESSED).bytes(),
                values.require(Keys.MAX_DECOMPRESSION_RATIO))),
        new QuarantineLimits(
            Math.toIntExact(values.require(Keys.MAX_KEPT_RECORD).bytes()),
            values.require(Keys.MAX_KEPT_RECORDS),
            values.require(Keys.MAX_KEPT_BYTES).bytes(),
            values.require(Keys.MAX_MALFORMED_RATIO),
            values.require(Keys.MIN_RECORDS_FOR_RATIO)),
        new Patience(values.require(Keys.MAX_DENIED_AT_ONCE), values.require(Keys.PATIENCE)),
        new Admission(
            values.require(Keys.MAX_OBJECTS),
            values.require(Keys.MAX_BYTES).bytes(),
            values.require(Keys.TARGET_DURATION)),
        new Trigger(
            values.require(Keys.TRIGGER_MODE),
            values.require(Keys.TRIGGER_INTERVAL),
            values.require(Keys.RECEIVE_LIMIT)),
        values.require(Keys.SHUTDOWN_TIMEOUT),
        new Monitoring(
            values.require(Keys.METRICS_BIND),
            values.require(Keys.MAX_FAILED_BATCHES),
            values.require(Keys.UNREACHABLE_LIMIT)),
        values.require(Keys.SPARK_CONF),
        values.require(Keys.HADOOP_CONF),
        values.toYaml());
  }
}
