package io.millrace.faults;

import io.millrace.app.FaultedStream;
import io.millrace.localstack.LocalStack;
import io.millrace.testing.Landing;
import io.millrace.testing.TestHdfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.jspecify.annotations.Nullable;

/** One stream that is fed, goes wrong, and is started again, over and over. */
final class MatrixStream {
  /** How often a cell's faults may end the application. */
  private static final int MAX_STARTS = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;

  private final Scenario scenario;
  private final Injector injector;
  private final SparkSession spark;
  private final Landing landing;
  private final Feed feed;
  private final Path progress;
  private @Nullable FaultedStream stream;

  MatrixStream(
      Scenario scenario, Injector injector, SparkSession spark, LocalStack stack, Path folder)
      throws IOException {
    this.scenario = scenario;
    this.injector = injector;
    this.spark = spark;
    Path own = Files.createTempDirectory(folder, scenario.name());
    this.landing = new Landing(stack, own);
    switch (scenario.place()) {
      case DISK -> {}
      case S3 -> landing.keepingStateIn("s3://" + stack.createBucket("state"));
      case HDFS -> landing.keepingStateIn(TestHdfs.directory("state"));
    }
    this.feed = new Feed(stack, landing, scenario.replaces());
    this.progress = own.resolve("progress.json");
  }

  /** Has happen what the moment is about; returns the name that the new rows have. */
  String pass(Cell.Moment moment) throws Exception {
    if (moment == Cell.Moment.RESTART || moment == Cell.Moment.WORN_CHECKPOINT) {
      stop();
    }
    if (moment == Cell.Moment.WORN_CHECKPOINT) {
      org.apache.hadoop.fs.Path offsets =
          new org.apache.hadoop.fs.Path(landing.checkpoint(), "offsets");
      offsets.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(offsets, true);
    }
    return moment == Cell.Moment.ALL ? feed.sendAll() : feed.sendLittle();
  }

  /** How often something has happened. */
  int passes() {
    return feed.portions();
  }

  /**
   * Waits until all that was fed is committed, and starts the application as often as that takes.
   *
   * @throws AssertionError where it does not come to that
   */
  void settle() throws Exception {
    List<String> ends = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (injector.isHalted()) {
        ends.add("it was halted");
        stop();
      }
      if (stream != null && stream.isOver()) {
        ends.add(String.valueOf(stream.failure()));
        stop();
      }
      if (stream == null) {
        if (ends.size() == MAX_STARTS) {
          break;
        }
        stream = FaultedStream.start(landing.config(scenario.settings()), progress, spark);
      }
      if (!injector.isHalted() && stream.committed() >= feed.arrivals()) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new AssertionError(
        "%d of %d arrivals were committed; the application ended with %s"
            .formatted(stream == null ? -1 : stream.committed(), feed.arrivals(), ends));
  }

  /** Ends the application, if it runs, and waits for all that it has begun. */
  void stop() throws Exception {
    FaultedStream ended = stream;
    stream = null;
    if (ended != null) {
      try {
        Nudges.during(ended::end, feed::nudge);
      } catch (Exception | Halted e) {
        if (!injector.isHalted() && injector.fired().isEmpty()) {
          throw e;
        }
      }
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (spark.sparkContext().statusTracker().getActiveJobIds().length > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("a job of the ended application does not end");
      }
      Thread.sleep(LOOK_MILLIS);
    }
    DeltaLog.clearCache(); // a process that starts knows nothing
    injector.resume();
  }

  /** What is wrong with the tables now; empty where nothing is. */
  List<String> flaws() {
    List<String> flaws = new ArrayList<>();
    Dataset<Row> table = read(scenario.format(), landing.table());
    compare("table", feed.rows(), texts(table.select("id")), flaws);
    if (!feed.malformed().isEmpty()) {
      Dataset<Row> quarantine = read("delta", landing.quarantine()).where("kind = 'record'");
      compare("quarantine", feed.malformed(), texts(quarantine.select("text")), flaws);
    }
    return flaws;
  }

  private Dataset<Row> read(String format, String path) {
    return spark.read().format(format).load(path);
  }

  private static void compare(
      String where, List<String> expected, List<String> actual, List<String> flaws) {
    List<String> missing = new ArrayList<>(expected);
    List<String> unexpected = new ArrayList<>();
    for (String text : actual) {
      if (!missing.remove(text)) {
        unexpected.add(text);
      }
    }
    if (!missing.isEmpty()) {
      flaws.add("the %s lacks %s".formatted(where, missing));
    }
    if (!unexpected.isEmpty()) {
      flaws.add("the %s has too often, or should not have, %s".formatted(where, unexpected));
    }
  }

  private static List<String> texts(Dataset<Row> column) {
    List<String> texts = new ArrayList<>();
    for (Row row : column.collectAsList()) {
      texts.add(row.getString(0));
    }
    Collections.sort(texts);
    return texts;
  }
}
