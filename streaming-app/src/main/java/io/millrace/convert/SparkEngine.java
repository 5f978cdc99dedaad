package io.millrace.convert;

import io.millrace.ledger.Arrival;
import io.millrace.plan.Planner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts with Spark's own JSON parser. */
public final class SparkEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);

  private final SparkSession spark;
  private final ObjectStoreSettings store;
  private final RowLayout layout;
  private final ConversionSettings settings;
  private final TableWriter table;
  private final TroubleJudge judge;
  private final TaskRequests requests;
  private final BatchConclusion conclusion;
  private final ParsedLines parsed;
  private final MalformedRecords malformed;

  /**
   * @param table writes rows of {@link RowLayout#tableSchema}
   * @param quarantine writes rows of {@link QuarantineLayout#schema}
   * @param judge this engine's own
   * @param requests of its tasks
   */
  public SparkEngine(
      SparkSession spark,
      ObjectStoreSettings store,
      RowLayout layout,
      ConversionSettings settings,
      TableWriter table,
      TableWriter quarantine,
      TroubleJudge judge,
      TaskRequests requests) {
    this.spark = spark;
    this.store = store;
    this.layout = layout;
    this.settings = settings;
    this.table = table;
    this.judge = judge;
    this.requests = requests;
    this.parsed = new ParsedLines(spark, layout.recordSchema(), settings.timeZone().getId());
    this.malformed = new MalformedRecords(spark, parsed, settings.quarantine(), quarantine);
    this.conclusion = new BatchConclusion(spark, settings.timeZone(), quarantine);
  }

  @Override
  public Conversion convert(List<Arrival> arrivals) throws IOException {
    Preflight.Answer preflight = new Preflight(S3Clients.of(store)).check(arrivals);
    Planner planner = new Planner(settings.splitBytes()).withoutSplitting(preflight.compressed());
    Map<Long, ObjectTrouble> troubles = new TreeMap<>(preflight.troubles());
    judge.judge(arrivals, troubles);
    while (true) {
      List<Arrival> readable =
          arrivals.stream().filter(arrival -> !troubles.containsKey(arrival.ordinal())).toList();
      ConversionJob job = new ConversionJob(spark, store, settings, requests, readable);
      List<ObjectTrouble> met = job.run(planner, parsed, layout, table, malformed);
      if (met.isEmpty()) {
        troubles.putAll(job.hopeless());
        judge.close();
        Conversion converted =
            new Conversion(
                job.outcomes(),
                job.files(),
                job.quarantineFiles(),
                job.sumOfNullTimestamps(),
                job.division());
        return conclusion.of(arrivals, troubles, job.cuts(), converted);
      }
      met.forEach(trouble -> troubles.put(trouble.ordinal(), trouble));
      judge.judge(arrivals, troubles);
      LOG.warn("{} objects can't be converted after all: the batch goes without them", met.size());
    }
  }
}
