package io.millrace.app.config;

import static io.millrace.app.config.Key.optional;
import static io.millrace.app.config.Key.required;
import static io.millrace.app.config.Key.withDefault;

import io.millrace.conversion.ConversionOptions;
import io.millrace.convert.ParallelReads;
import io.millrace.convert.Patience;
import io.millrace.convert.QuarantineLimits;
import io.millrace.convert.RequestLimits;
import io.millrace.input.DecompressionLimits;
import io.millrace.ledger.LedgerSettings;
import io.millrace.ledger.OnOverwrite;
import io.millrace.metrics.BindAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every key, once: the one place to add one. */
final class Keys {
  private static final ByteSize KIB = ByteSize.parse("1KiB");
  private static final ByteSize MIB = ByteSize.parse("1MiB");
  private static final ByteSize TIB = ByteSize.parse("1TiB");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");
  private static final String COLUMN_WORDS = "a column name of letters, digits and _";

  static final Key<String> STREAM =
      required(
          "stream",
          ValueTypes.text(
              Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"),
              "1 to 63 lower-case letters, digits and hyphens"),
          "The stream's name; ledger, table and checkpoint are tied to it.");
  static final Key<ZoneId> TIME_ZONE =
      withDefault(
          "time-zone",
          ValueTypes.ZONE,
          ZoneId.of("UTC"),
          "Governs how timestamps without a zone are parsed, and dates and hours of partitions.");
  static final Key<String> SCHEMA =
      optional(
          "schema",
          ValueTypes.TEXT,
          "The records' schema, as DDL or as Spark's JSON; this or `schema-file`.");
  static final Key<String> SCHEMA_FILE =
      optional("schema-file", ValueTypes.LOCATION, "A local or `s3://` file with the schema.");

  static final Key<List<String>> BUCKETS =
      required(
          "objects.buckets",
          ValueTypes.TEXTS,
          "The buckets that the stream may read; messages about others are rejected.");
  static final Key<List<String>> PREFIXES =
      withDefault(
          "objects.prefixes",
          ValueTypes.TEXTS,
          List.of(),
          "Keys must begin with one of these; none takes all keys.");
  static final Key<List<String>> SUFFIXES =
      withDefault(
          "objects.suffixes",
          ValueTypes.TEXTS,
          List.of(),
          "Keys must end with one of these; none takes all keys.");

  static final Key<String> QUEUE_URL =
      required(
          "queue.url", ValueTypes.LOCATION, "The SQS queue that has the S3 event notifications.");
  static final Key<URI> QUEUE_ENDPOINT =
      optional("queue.endpoint", ValueTypes.ENDPOINT, "An endpoint other than AWS's.");
  static final Key<String> QUEUE_REGION =
      optional("queue.region", ValueTypes.TEXT, "The queue's region; the SDK finds it otherwise.");
  static final Key<String> QUEUE_ROLE =
      optional("queue.role-arn", ValueTypes.TEXT, "A role to assume for the queue.");
  static final Key<String> QUEUE_EXTERNAL_ID =
      optional(
          "queue.external-id",
          ValueTypes.TEXT,
          "The external id that the role's trust policy asks for.");
  static final Key<Integer> QUEUE_POLLERS =
      withDefault(
          "queue.pollers", ValueTypes.integer(1, 64), 4, "Long polls that are under way at once.");
  static final Key<Duration> QUEUE_WAIT =
      withDefault(
          "queue.wait",
          ValueTypes.duration(Duration.ofSeconds(1), Duration.ofSeconds(20)),
          Duration.ofSeconds(20),
          "How long a long poll waits for a message.");
  static final Key<Integer> MAX_UNDURABLE_MESSAGES =
      withDefault(
          "queue.max-undurable-messages",
          ValueTypes.integer(10, 100_000),
          10_000,
          "Messages in memory that the ledger does not have yet.");
  static final Key<ByteSize> MAX_UNDURABLE_BYTES =
      withDefault(
          "queue.max-undurable-bytes",
          ValueTypes.size(ByteSize.parse("10MiB"), ByteSize.parse("1GiB")),
          ByteSize.parse("128MiB"),
          "Their bodies together; each poll reserves 10 MiB of it.");

  static final Key<URI> S3_ENDPOINT =
      optional("s3.endpoint", ValueTypes.ENDPOINT, "An endpoint other than AWS's.");
  static final Key<String> S3_REGION =
      optional("s3.region", ValueTypes.TEXT, "The buckets' region; the SDK finds it otherwise.");
  static final Key<Boolean> S3_PATH_STYLE =
      withDefault(
          "s3.path-style", ValueTypes.FLAG, false, "Whether buckets go into the URL's path.");
  static final Key<String> S3_ROLE =
      optional("s3.role-arn", ValueTypes.TEXT, "A role to assume for reading the objects.");
  static final Key<String> S3_EXTERNAL_ID =
      optional(
          "s3.external-id",
          ValueTypes.TEXT,
          "The external id that the role's trust policy asks for.");
  static final Key<Duration> S3_CONNECT_TIMEOUT =
      withDefault(
          "s3.connect-timeout",
          ValueTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
          RequestLimits.DEFAULT_CONNECT_TIMEOUT,
          "How long a connection for reading objects may take to stand.");
  static final Key<Duration> S3_READ_TIMEOUT =
      withDefault(
          "s3.read-timeout",
          ValueTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          RequestLimits.DEFAULT_READ_TIMEOUT,
          "How long an answer may stall before it is broken off and taken up again.");
  static final Key<Integer> S3_ATTEMPTS =
      withDefault(
          "s3.attempts",
          ValueTypes.integer(1, 20),
          RequestLimits.DEFAULT_ATTEMPTS,
          "How often a request for an object is made before it has failed.");
  static final Key<Integer> S3_PARALLEL_READS =
      withDefault(
          "s3.parallel-reads",
          ValueTypes.integer(1, 64),
          ParallelReads.DEFAULT_REQUESTS,
          "Requests that a task has under way at once, at most: for ranges of a large object,"
              + " fewer while they arrive faster than it converts; for small objects, ahead of the"
              + " one that it converts. 1 reads one thing after the other.");
  static final Key<ByteSize> S3_RANGE_SIZE =
      withDefault(
          "s3.range-size",
          ValueTypes.size(MIB, ByteSize.parse("256MiB")),
          new ByteSize(ParallelReads.DEFAULT_RANGE_BYTES),
          "Bytes of such a range, and of a small object at most; a task has so much memory for"
              + " each of `s3.parallel-reads`.");

  static final Key<String> LEDGER_PATH =
      required("ledger.path", ValueTypes.LOCATION, "The directory of the stream's ledger.");
  static final Key<Duration> LEDGER_RETENTION =
      withDefault(
          "ledger.retention",
          ValueTypes.duration(Duration.ofDays(1), Duration.ofDays(3650)),
          LedgerSettings.DEFAULT_RETENTION,
          "How long an object is remembered in memory after its outcome; an overwrite that comes later is taken for a new key, and the old rows stay.");
  static final Key<String> CHECKPOINT =
      required(
          "checkpoint", ValueTypes.LOCATION, "The directory of Spark's checkpoint; disposable.");

  static final Key<String> TABLE_PATH =
      required("table.path", ValueTypes.LOCATION, "The table's directory; made where missing.");
  static final Key<TableFormat> TABLE_FORMAT =
      withDefault(
          "table.format",
          ValueTypes.oneOf(TableFormat.class),
          TableFormat.DELTA,
          "A Delta table, or a plain directory of Parquet files.");
  static final Key<Duration> ABANDONED_AFTER =
      withDefault(
          "table.abandoned-after",
          ValueTypes.duration(Duration.ofHours(1), Duration.ofDays(30)),
          Duration.ofDays(1),
          "Of a Parquet directory: at a start, pending files of this stream that are older, and that"
              + " no prepared batch names, are taken back.");
  static final Key<String> PARTITION_BY =
      withDefault(
          "table.partition-by",
          ValueTypes.TEXT,
          AppConfig.EVENT_TIME,
          "`event-time`, or the timestamp column whose date and hour partition the table.");
  static final Key<String> DATE_COLUMN =
      withDefault(
          "table.date-column",
          ValueTypes.text(COLUMN, COLUMN_WORDS),
          "date",
          "The partition column of type DATE.");
  static final Key<String> HOUR_COLUMN =
      withDefault(
          "table.hour-column",
          ValueTypes.text(COLUMN, COLUMN_WORDS),
          "hour",
          "The partition column of type INT.");
  static final Key<List<String>> METADATA_COLUMNS =
      withDefault(
          "table.metadata-columns",
          ValueTypes.TEXTS,
          List.of(),
          "Columns about a record's origin besides `_ordinal`: any of `bucket`, `key`, `version`,"
              + " `offset`.");
  static final Key<OnOverwrite> ON_OVERWRITE =
      optional(
          "table.on-overwrite",
          ValueTypes.oneOf(OnOverwrite.class),
          "What a new version of a known key does to the old one's rows; where it is not given,"
              + " `replace` in a Delta table and `append` in a Parquet directory, which has no"
              + " `replace`.");
  static final Key<String> QUARANTINE_PATH =
      optional(
          "quarantine.path",
          ValueTypes.LOCATION,
          "The Delta table of malformed records and quarantined objects;"
              + " `<table.path>_quarantine` where none is given.");
  static final Key<ByteSize> MAX_KEPT_RECORD =
      withDefault(
          "quarantine.max-kept-record-size",
          ValueTypes.size(KIB, ByteSize.parse("64MiB")),
          new ByteSize(QuarantineLimits.DEFAULT_MAX_KEPT_RECORD_BYTES),
          "How much of a malformed record's text is kept.");
  static final Key<Integer> MAX_KEPT_RECORDS =
      withDefault(
          "quarantine.max-kept-records",
          ValueTypes.integer(0, 100_000_000),
          QuarantineLimits.DEFAULT_MAX_KEPT_RECORDS,
          "Malformed records that a batch keeps; the rest is counted.");
  static final Key<ByteSize> MAX_KEPT_BYTES =
      withDefault(
          "quarantine.max-kept-size",
          ValueTypes.size(ByteSize.parse("0B"), TIB),
          new ByteSize(QuarantineLimits.DEFAULT_MAX_KEPT_BYTES),
          "Bytes of malformed records that a batch keeps; the rest is counted.");
  static final Key<Double> MAX_MALFORMED_RATIO =
      withDefault(
          "quarantine.max-malformed-ratio",
          ValueTypes.RATIO,
          QuarantineLimits.DEFAULT_MAX_MALFORMED_RATIO,
          "An object of which a larger part of the records is malformed is quarantined whole.");
  static final Key<Integer> MIN_RECORDS_FOR_RATIO =
      withDefault(
          "quarantine.min-records-for-ratio",
          ValueTypes.integer(1, 1_000_000_000),
          QuarantineLimits.DEFAULT_MIN_RECORDS_FOR_RATIO,
          "An object with fewer records is not, whatever its ratio.");
  static final Key<Integer> MAX_DENIED_AT_ONCE =
      withDefault(
          "quarantine.max-denied-at-once",
          ValueTypes.integer(0, 1_000_000),
          Patience.DEFAULT_MAX_DENIED_AT_ONCE,
          "So many objects of a bucket that are denied within the patience, while others of it are"
              + " not, are quarantined at once; more wait as a trouble of the policies.");
  static final Key<Duration> PATIENCE =
      withDefault(
          "quarantine.patience",
          ValueTypes.duration(Duration.ZERO, Duration.ofDays(30)),
          Patience.DEFAULT_PROVEN,
          "How long objects that can't be read hold up the stream while others can be read, before"
              + " they are quarantined.");

  static final Key<EngineKind> ENGINE =
      withDefault(
          "engine",
          ValueTypes.oneOf(EngineKind.class),
          EngineKind.DIRECT,
          "What converts: the fast converter, or Spark's own JSON parser, which is slower and takes a"
              + " projection.");
  static final Key<List<String>> PROJECTION =
      withDefault(
          "conversion.projection",
          ValueTypes.TEXTS,
          List.of(),
          "SQL expressions over the schema's fields that make the table's columns; none takes the"
              + " fields as they are. For `engine: spark` only.");
  static final Key<ByteSize> SPLIT_SIZE =
      withDefault(
          "conversion.split-size",
          ValueTypes.size(MIB, TIB),
          ByteSize.parse("256MiB"),
          "Bytes that one task converts, of a large object or of small ones; `engine: direct` takes more"
              + " where files would become too small and no slot stays idle.");
  static final Key<ByteSize> MAX_RECORD =
      withDefault(
          "conversion.max-record-size",
          ValueTypes.size(KIB, ByteSize.parse("1GiB")),
          ByteSize.parse("64MiB"),
          "An object with a longer record is quarantined whole.");

  static final Key<ByteSize> MAX_DECOMPRESSED =
      withDefault(
          "conversion.max-decompressed-size",
          ValueTypes.size(MIB, ByteSize.parse("1024TiB")),
          new ByteSize(DecompressionLimits.DEFAULT_MAX_BYTES),
          "A compressed object that grows to more is quarantined whole.");
  static final Key<Integer> MAX_DECOMPRESSION_RATIO =
      withDefault(
          "conversion.max-decompression-ratio",
          ValueTypes.integer(1, 1_000_000),
          DecompressionLimits.DEFAULT_MAX_RATIO,
          "So is one that grows to more times its size, once it has grown to 64 MiB.");

  static final Key<ByteSize> TARGET_FILE_SIZE =
      withDefault(
          "conversion.target-file-size",
          ValueTypes.size(MIB, ByteSize.parse("16GiB")),
          new ByteSize(ConversionOptions.DEFAULT_TARGET_FILE_BYTES),
          "How large `engine: direct` makes Parquet files, as far as there is enough for one.");

  static final Key<Integer> MAX_OBJECTS =
      withDefault(
          "admission.max-objects",
          ValueTypes.integer(1, 1_000_000),
          10_000,
          "Objects that a batch takes at most.");
  static final Key<ByteSize> MAX_BYTES =
      withDefault(
          "admission.max-bytes",
          ValueTypes.size(ByteSize.parse("1B"), ByteSize.parse("1000TiB")),
          ByteSize.parse("4TiB"),
          "Bytes that a batch takes at most, unless a single object is larger.");

  static final Key<Duration> TARGET_DURATION =
      withDefault(
          "admission.target-duration",
          ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          Duration.ofMinutes(1),
          "How long a batch is to take; its size follows the speed of the last ones, within the"
              + " bounds above.");

  static final Key<TriggerMode> TRIGGER_MODE =
      withDefault(
          "trigger.mode",
          ValueTypes.oneOf(TriggerMode.class),
          TriggerMode.CONTINUOUS,
          "Run until stopped, or take what was sent before the start and end.");
  static final Key<Duration> TRIGGER_INTERVAL =
      withDefault(
          "trigger.interval",
          ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          Duration.ofSeconds(10),
          "Time from one batch's begin to the next one's, where batches are shorter.");
  static final Key<Duration> RECEIVE_LIMIT =
      withDefault(
          "trigger.receive-limit",
          ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          Duration.ofMinutes(5),
          "How long available-now receives at most before it freezes its target.");
  static final Key<Duration> SHUTDOWN_TIMEOUT =
      withDefault(
          "shutdown.timeout",
          ValueTypes.duration(Duration.ZERO, Duration.ofHours(1)),
          Duration.ofMinutes(2),
          "How long a stop waits for the running batch before it abandons it.");

  static final Key<Optional<BindAddress>> METRICS_BIND =
      withDefault(
          "metrics.bind",
          ValueTypes.BIND,
          Optional.of(BindAddress.DEFAULT),
          "Where `/metrics` and `/health` are served, without authentication; port 0 is any free"
              + " one.");
  static final Key<Integer> MAX_FAILED_BATCHES =
      withDefault(
          "health.max-failed-batches",
          ValueTypes.integer(1, 1000),
          3,
          "Tries in a row that fail before `/health` is red.");
  static final Key<Duration> UNREACHABLE_LIMIT =
      withDefault(
          "health.unreachable-limit",
          ValueTypes.duration(Duration.ofMinutes(1), Duration.ofDays(1)),
          Duration.ofMinutes(5),
          "How long queue or ledger do not answer before `/health` is red.");

  static final Key<Map<String, String>> SPARK_CONF =
      withDefault("spark-conf", ValueTypes.TEXT_MAP, Map.of(), "Spark settings, as they are.");
  static final Key<Map<String, String>> HADOOP_CONF =
      withDefault(
          "hadoop-conf",
          ValueTypes.TEXT_MAP,
          Map.of(),
          "Hadoop settings, as they are; for S3A, which reads and writes table and ledger.");

  /** In the order of the reference. */
  static final List<Key<?>> ALL =
      List.of(
          STREAM,
          TIME_ZONE,
          SCHEMA,
          SCHEMA_FILE,
          BUCKETS,
          PREFIXES,
          SUFFIXES,
          QUEUE_URL,
          QUEUE_ENDPOINT,
          QUEUE_REGION,
          QUEUE_ROLE,
          QUEUE_EXTERNAL_ID,
          QUEUE_POLLERS,
          QUEUE_WAIT,
          MAX_UNDURABLE_MESSAGES,
          MAX_UNDURABLE_BYTES,
          S3_ENDPOINT,
          S3_REGION,
          S3_PATH_STYLE,
          S3_ROLE,
          S3_EXTERNAL_ID,
          S3_CONNECT_TIMEOUT,
          S3_READ_TIMEOUT,
          S3_ATTEMPTS,
          S3_PARALLEL_READS,
          S3_RANGE_SIZE,
          LEDGER_PATH,
          LEDGER_RETENTION,
          CHECKPOINT,
          TABLE_PATH,
          TABLE_FORMAT,
          PARTITION_BY,
          DATE_COLUMN,
          HOUR_COLUMN,
          METADATA_COLUMNS,
          ON_OVERWRITE,
          ABANDONED_AFTER,
          QUARANTINE_PATH,
          MAX_KEPT_RECORD,
          MAX_KEPT_RECORDS,
          MAX_KEPT_BYTES,
          MAX_MALFORMED_RATIO,
          MIN_RECORDS_FOR_RATIO,
          MAX_DENIED_AT_ONCE,
          PATIENCE,
          ENGINE,
          PROJECTION,
          SPLIT_SIZE,
          MAX_RECORD,
          MAX_DECOMPRESSED,
          MAX_DECOMPRESSION_RATIO,
          TARGET_FILE_SIZE,
          MAX_OBJECTS,
          MAX_BYTES,
          TARGET_DURATION,
          TRIGGER_MODE,
          TRIGGER_INTERVAL,
          RECEIVE_LIMIT,
          SHUTDOWN_TIMEOUT,
          METRICS_BIND,
          MAX_FAILED_BATCHES,
          UNREACHABLE_LIMIT,
          SPARK_CONF,
          HADOOP_CONF);

  private Keys() {}
}
