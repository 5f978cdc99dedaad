package io.millrace.convert;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.OutputFile;
import io.millrace.output.TableFiles;
import io.millrace.plan.Planner;
import io.millrace.plan.TaskSizing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts with the library, on the executors, straight into the tables' files. */
public final class DirectEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(DirectEngine.class);

  private final SparkSession spark;
  private final ObjectStoreSettings store;
  private final RowLayout layout;
  private final ConversionSettings settings;
  private final FileTable table;
  private final FileTable quarantine;
  private final TroubleJudge judge;
  private final TaskRequests requests;
  private final BatchConclusion conclusion;
  private final TaskSizing sizing;

  /**
   * @param layout without a projection
   * @param table has the columns of {@link RowLayout#tableSchema}
   * @param quarantine has those of {@link QuarantineLayout#schema}
   * @param judge this engine's own
   * @param requests of its tasks
   * @throws IllegalArgumentException where this engine can't make such rows
   */
  public DirectEngine(
      SparkSession spark,
      ObjectStoreSettings store,
      RowLayout layout,
      ConversionSettings settings,
      FileTable table,
      FileTable quarantine,
      TroubleJudge judge,
      TaskRequests requests) {
    layout.requireDirect();
    this.spark = spark;
    this.store = store;
    this.layout = layout;
    this.settings = settings;
    this.table = table;
    this.quarantine = quarantine;
    this.judge = judge;
    this.requests = requests;
    this.conclusion = new BatchConclusion(spark, settings.timeZone(), quarantine);
    this.sizing = new TaskSizing(settings.splitBytes(), settings.targetFileBytes());
  }

  @Override
  public Conversion convert(List<Arrival> arrivals) throws IOException {
    TaskSettings tasks =
        new TaskSettings(
            store,
            layout.recordSchema().json(),
            layout.origin(),
            settings,
            table.dataFiles(),
            table.statisticsColumns(),
            quarantine.dataFiles());
    long splitBytes = sizing.splitBytes(arrivals, spark.sparkContext().defaultParallelism());
    Planner planner = new Planner(splitBytes);
    List<Arrival> large = arrivals.stream().filter(planner::isLarge).toList();
    Preflight.Answer preflight = new Preflight(S3Clients.of(store)).check(large);
    Map<Long, ObjectTrouble> troubles = new TreeMap<>(preflight.troubles());
    if (large.size() == arrivals.size()) {
      judge.judge(arrivals, troubles);
    }
    Conversion conversion =
        convert(arrivals, troubles, tasks, planner.withoutSplitting(preflight.compressed()));
    sizing.observe(
        arrivals.stream()
            .filter(arrival -> !troubles.containsKey(arrival.ordinal()))
            .mapToLong(arrival -> arrival.object().sizeBytes())
            .sum(),
        conversion.files().stream().mapToLong(OutputFile::sizeBytes).sum());
    return conversion;
  }

  private Conversion convert(
      List<Arrival> arrivals,
      Map<Long, ObjectTrouble> troubles,
      TaskSettings tasks,
      Planner planner)
      throws IOException {
    while (true) {
      List<Arrival> readable =
          arrivals.stream().filter(arrival -> !troubles.containsKey(arrival.ordinal())).toList();
      DirectJob job = new DirectJob(spark, tasks, requests, planner, readable);
      boolean done = false;
      try {
        Map<Long, ObjectTrouble> met = job.convert();
        troubles.putAll(met);
        judge.judge(arrivals, troubles);
        Map<Long, ObjectTrouble> metLater = job.keepMalformed();
        if (metLater.isEmpty()) {
          judge.close();
          done = true;
          return conclusion.of(arrivals, troubles, job.cuts(), job.conversion());
        }
        troubles.putAll(metLater);
        judge.judge(arrivals, troubles);
      } finally {
        discard(job, done);
      }
    }
  }

  private void discard(DirectJob job, boolean done) {
    List<OutputFile> files = new ArrayList<>(job.discarded());
    List<OutputFile> malformedFiles = new ArrayList<>(job.discardedMalformed());
    if (!done) {
      files.addAll(job.files());
      malformedFiles.addAll(job.malformedFiles());
    }
    takeBack(table, files);
    takeBack(quarantine, malformedFiles);
  }

  private static void takeBack(TableFiles from, List<OutputFile> files) {
    try {
      from.discard(files);
    } catch (IOException e) {
      LOG.warn("files that are not needed are left over: {}", e.getMessage());
    }
  }
}
