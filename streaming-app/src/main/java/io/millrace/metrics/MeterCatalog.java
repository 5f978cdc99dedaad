package io.millrace.metrics;

import static io.millrace.metrics.MeterSpec.counter;
import static io.millrace.metrics.MeterSpec.gauge;
import static io.millrace.metrics.MeterSpec.histogram;
import static io.millrace.metrics.MeterSpec.timer;

import java.util.List;

/** Every meter of a stream, once: the one place to add one. */
final class MeterCatalog {
  static final MeterSpec LAG_OBJECTS =
      gauge("millrace.lag.objects", "objects", "Arrivals that are recorded and not committed.");
  static final MeterSpec LAG_BYTES =
      gauge("millrace.lag.bytes", "bytes", "Their objects' sizes together.");
  static final MeterSpec LAG_SECONDS =
      gauge(
          "millrace.lag.seconds",
          "seconds",
          "Age of the oldest of them, by its event time; 0 where nothing waits.");
  static final MeterSpec LAG_DRAIN =
      gauge(
          "millrace.lag.drain.seconds",
          "seconds",
          "How long they take at the recent batches' pace if nothing more comes; NaN before the"
              + " first batch.");

  static final MeterSpec QUEUE_MESSAGES =
      gauge(
          "millrace.queue.messages",
          "messages",
          "The queue's own approximate counts; `state` is `waiting`, `in-flight` or `delayed`.",
          "state");
  static final MeterSpec QUEUE_DEPTH_FAILURES =
      counter(
          "millrace.queue.depth.failures",
          "requests",
          "Times that the queue did not tell its counts; the gauges then show the last ones.");
  static final MeterSpec QUEUE_ERRORS =
      counter(
          "millrace.queue.errors",
          "requests",
          "Receives, deletes and counts that the queue did not do; `kind` is `access-denied`,"
              + " `queue-gone`, `throttled` or `unavailable`.",
          "kind");

  static final MeterSpec MESSAGES_RECEIVED =
      counter("millrace.messages.received", "messages", "Deliveries from the queue.");
  static final MeterSpec MESSAGES_DELETED =
      counter("millrace.messages.deleted", "messages", "Deliveries that the queue has forgotten.");
  static final MeterSpec MESSAGES_UNDELETED =
      counter(
          "millrace.messages.undeleted",
          "messages",
          "Deliveries whose delete failed; they come again and are recognised.");
  static final MeterSpec MESSAGES_POSTPONED =
      counter(
          "millrace.messages.postponed",
          "messages",
          "Deliveries left in the queue because their manifest could not be read.");
  static final MeterSpec MESSAGES_REJECTED =
      counter(
          "millrace.messages.rejected",
          "messages",
          "Messages of which something could not be taken; the ledger keeps them.");
  static final MeterSpec MESSAGES_UNDURABLE =
      gauge("millrace.messages.undurable", "messages", "Received, and not in the ledger yet.");
  static final MeterSpec NOTIFICATIONS_REJECTED =
      counter(
          "millrace.notifications.rejected",
          "notifications",
          "What could not be taken; `reason` is `not-json`, `unknown-form`, `foreign-bucket` or"
              + " `malformed`.",
          "reason");
  static final MeterSpec NOTIFICATIONS_IGNORED =
      counter(
          "millrace.notifications.ignored",
          "notifications",
          "None of the stream's business; `reason` is `test-event`, `object-removed`,"
              + " `other-event`, `empty-object`, `folder-key` or `filtered-key`.",
          "reason");
  static final MeterSpec NOTIFICATIONS_DUPLICATE =
      counter(
          "millrace.notifications.duplicate",
          "notifications",
          "Of arrivals that were known already.");

  static final MeterSpec ARRIVALS =
      counter("millrace.arrivals", "objects", "New arrivals, those born superseded included.");
  static final MeterSpec ARRIVALS_BYTES =
      counter(
          "millrace.arrivals.bytes",
          "bytes",
          "Sizes of the objects of new arrivals, those born superseded left out.");
  static final MeterSpec OUTCOMES =
      counter(
          "millrace.outcomes",
          "objects",
          "Committed arrivals; `outcome` is `converted`, `quarantined`, `superseded`, `changed` or"
              + " `gone`, `reason` a code where the outcome alone does not say it, else `none`.",
          "outcome",
          "reason");
  static final MeterSpec OBJECT_BYTES =
      counter(
          "millrace.outcomes.bytes",
          "bytes",
          "Sizes of the objects of committed arrivals, as they lie in S3; superseded ones left"
              + " out.");
  static final MeterSpec RECORDS_READ =
      counter("millrace.records.read", "records", "Records read; the two below together.");
  static final MeterSpec RECORDS_CONVERTED =
      counter("millrace.records.converted", "records", "Rows that commits brought to the table.");
  static final MeterSpec RECORDS_MALFORMED =
      counter(
          "millrace.records.malformed", "records", "Records that commits brought to quarantine.");
  static final MeterSpec RECORDS_CUT =
      counter(
          "millrace.records.malformed.cut",
          "records",
          "Those of the malformed ones that are counted and not kept, for the batch had too many.");
  static final MeterSpec RECORDS_BYTES =
      counter("millrace.records.bytes", "bytes", "Uncompressed bytes of the records read.");
  static final MeterSpec NULL_TIMESTAMPS =
      counter(
          "millrace.records.null.timestamps",
          "records",
          "Rows partitioned by the event time for want of a timestamp.");
  static final MeterSpec FILES =
      counter(
          "millrace.files",
          "files",
          "Committed files; `table` is `main` or `quarantine`.",
          "table");
  static final MeterSpec FILES_BYTES =
      counter("millrace.files.bytes", "bytes", "Their sizes together.", "table");

  static final MeterSpec BATCH = timer("millrace.batch", "Batches, from the plan to the commit.");
  static final MeterSpec BATCH_PHASES =
      timer(
          "millrace.batch.phase",
          "Phases of committed batches; `phase` is `plan`, `convert`, `prepare`,"
              + " `commit-quarantine` or `commit-table`.",
          "phase");
  static final MeterSpec BATCH_RETRIES =
      counter(
          "millrace.batch.retries", "batches", "Batches that failed and were tried again later.");
  static final MeterSpec BATCH_FAILING =
      gauge(
          "millrace.batch.failing", "batches", "Tries in a row that have failed; 0 where it goes.");
  static final MeterSpec BATCH_ROLLED_FORWARD =
      counter(
          "millrace.batch.rolled.forward",
          "batches",
          "Batches committed as an earlier try or an earlier process had prepared them.");
  static final MeterSpec BATCH_SIZE =
      gauge(
          "millrace.batch.size.limit",
          "bytes",
          "How large the target duration lets the next batch be, each object counted as 1 MiB"
              + " more.");
  static final MeterSpec LATENCY =
      histogram(
          "millrace.latency", "For each converted object, from its event time to its commit.");

  static final MeterSpec COMMITTED_ORDINAL =
      gauge("millrace.committed.ordinal", "ordinal", "The committed offset.");
  static final MeterSpec LAST_COMMIT =
      gauge(
          "millrace.last.commit.timestamp",
          "seconds",
          "When a batch was last committed, since 1970; NaN before the first of this process.");
  static final MeterSpec LEDGER_HEAD =
      gauge("millrace.ledger.head.ordinal", "ordinal", "The highest ordinal that is recorded.");
  static final MeterSpec LEDGER_SEGMENTS =
      gauge("millrace.ledger.segments", "files", "Segments of the ledger.");

  static final MeterSpec LEDGER_REPLAY =
      gauge(
          "millrace.ledger.segments.replay",
          "files",
          "Those of them behind the newest snapshot, which a start reads.");
  static final MeterSpec LEDGER_KEYS =
      gauge(
          "millrace.ledger.snapshot.keys",
          "objects",
          "Objects that the newest snapshot has; about as many are held in memory.");
  static final MeterSpec LEDGER_HISTORY =
      gauge(
          "millrace.ledger.history.entries",
          "entries",
          "Entries that are in the history's files only, one or more an object.");
  static final MeterSpec LEDGER_SIZE =
      gauge(
          "millrace.ledger.size",
          "bytes",
          "Bytes of the ledger's files; `kind` is what they hold, as the ledger's format names it;"
              + " NaN until what was there at the start has been listed.",
          "kind");

  static final MeterSpec REQUESTS =
      counter(
          "millrace.storage.requests",
          "requests",
          "Requests of the driver and the executors; `client` is `sqs`, `s3` (the objects), `s3a`"
              + " (ledger and tables) or `uploads` (files of a Parquet directory in S3);"
              + " `operation` is the service's name of it.",
          "client",
          "operation");
  static final MeterSpec RETRIES =
      counter(
          "millrace.storage.retries",
          "requests",
          "Tries that failed and were followed by another; `cause` is `throttled`,"
              + " `server-error`, `timeout`, `connection` or `refused`, and of `s3a` `throttled` or"
              + " `other`.",
          "client",
          "cause");
  static final MeterSpec FAILURES =
      counter(
          "millrace.storage.failures",
          "requests",
          "Requests that failed for good, the last try of each; `cause` as above.",
          "client",
          "cause");

  static final MeterSpec TASKS =
      counter(
          "millrace.tasks",
          "tasks",
          "Spark's tasks; `result` is `succeeded` or `failed`.",
          "result");
  static final MeterSpec TASK_SECONDS =
      counter(
          "millrace.tasks.run", "seconds", "Time that they ran; a second is one core's second.");
  static final MeterSpec TASK_CPU_SECONDS =
      counter("millrace.tasks.cpu", "seconds", "Processor time of it.");

  static final MeterSpec READY =
      gauge("millrace.health.ready", "flag", "1 where `/health` answers 200, else 0.");
  static final MeterSpec CHECKS =
      gauge(
          "millrace.health.check",
          "flag",
          "1 where the check is in order, else 0; `check` is `query`, `batches`, `queue` or"
              + " `ledger`.",
          "check");
  static final MeterSpec BUILD =
      gauge(
          "millrace.build.info",
          "flag",
          "Always 1; `version` is Millrace's, `spark` and `java` those it runs on.",
          "version",
          "spark",
          "java");

  /** In the order of the reference. */
  static final List<MeterSpec> ALL =
      List.of(
          LAG_OBJECTS,
          LAG_BYTES,
          LAG_SECONDS,
          LAG_DRAIN,
          QUEUE_MESSAGES,
          QUEUE_DEPTH_FAILURES,
          QUEUE_ERRORS,
          MESSAGES_RECEIVED,
          MESSAGES_DELETED,
          MESSAGES_UNDELETED,
          MESSAGES_POSTPONED,
          MESSAGES_REJECTED,
          MESSAGES_UNDURABLE,
          NOTIFICATIONS_REJECTED,
          NOTIFICATIONS_IGNORED,
          NOTIFICATIONS_DUPLICATE,
          ARRIVALS,
          ARRIVALS_BYTES,
          OUTCOMES,
          OBJECT_BYTES,
          RECORDS_READ,
          RECORDS_CONVERTED,
          RECORDS_MALFORMED,
          RECORDS_CUT,
          RECORDS_BYTES,
          NULL_TIMESTAMPS,
          FILES,
          FILES_BYTES,
          BATCH,
          BATCH_PHASES,
          BATCH_RETRIES,
          BATCH_FAILING,
          BATCH_ROLLED_FORWARD,
          BATCH_SIZE,
          LATENCY,
          COMMITTED_ORDINAL,
          LAST_COMMIT,
          LEDGER_HEAD,
          LEDGER_SEGMENTS,
          LEDGER_REPLAY,
          LEDGER_KEYS,
          LEDGER_HISTORY,
          LEDGER_SIZE,
          REQUESTS,
          RETRIES,
          FAILURES,
          TASKS,
          TASK_SECONDS,
          TASK_CPU_SECONDS,
          READY,
          CHECKS,
          BUILD);

  private MeterCatalog() {}
}
