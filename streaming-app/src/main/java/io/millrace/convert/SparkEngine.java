package io.millrace.convert;

import io.millrace.convert.QuarantineLayout.ObjectRow;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.plan.Planner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
  private final TableWriter quarantine;
  private final TroubleJudge judge;
  private final Planner planner;
  private final ParsedLines parsed;
  private final MalformedRecords malformed;

  /**
   * @param table writes rows of {@link RowLayout#tableSchema}
   * @param quarantine writes rows of {@link QuarantineLayout#schema}
   * @param judge this engine's own
   */
  public SparkEngine(
      SparkSession spark,
      ObjectStoreSettings store,
      RowLayout layout,
      ConversionSettings settings,
      TableWriter table,
      TableWriter quarantine,
      TroubleJudge judge) {
    String sessionZone = spark.conf().get("spark.sql.session.timeZone");
    if (!sessionZone.equals(settings.timeZone().getId())) {
      throw new IllegalArgumentException(
          "spark.sql.session.timeZone is %s, but the stream's time zone is %s"
              .formatted(sessionZone, settings.timeZone()));
    }
    this.spark = spark;
    this.store = store;
    this.layout = layout;
    this.settings = settings;
    this.table = table;
    this.quarantine = quarantine;
    this.judge = judge;
    this.planner = new Planner(settings.splitBytes());
    this.parsed = new ParsedLines(spark, layout.recordSchema(), settings.timeZone().getId());
    this.malformed =
        new MalformedRecords(spark, parsed, planner, settings.quarantine(), quarantine);
  }

  @Override
  public Conversion convert(List<Arrival> arrivals) throws IOException {
    Map<Long, ObjectTrouble> troubles =
        new TreeMap<>(new Preflight(S3Clients.of(store)).check(arrivals));
    judge.judge(arrivals, troubles);
    while (true) {
      List<Arrival> readable =
          arrivals.stream().filter(arrival -> !troubles.containsKey(arrival.ordinal())).toList();
      ConversionJob job = new ConversionJob(spark, store, settings, readable);
      List<ObjectTrouble> met = job.run(planner, parsed, layout, table, malformed);
      if (met.isEmpty()) {
        troubles.putAll(job.hopeless());
        judge.close();
        return conversion(arrivals, troubles, job);
      }
      met.forEach(trouble -> troubles.put(trouble.ordinal(), trouble));
      judge.judge(arrivals, troubles);
      LOG.warn("{} objects can't be converted after all: the batch goes without them", met.size());
    }
  }

  private Conversion conversion(
      List<Arrival> arrivals, Map<Long, ObjectTrouble> troubles, ConversionJob job)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>(job.outcomes());
    List<ObjectRow> rows = new ArrayList<>(job.cuts());
    for (Arrival arrival : arrivals) {
      ObjectTrouble trouble = troubles.get(arrival.ordinal());
      if (trouble != null) {
        LOG.warn("an object is left out: {}", trouble);
        outcomes.add(trouble.toOutcome());
        if (trouble.reason() != null) {
          rows.add(new ObjectRow(arrival, trouble.reason(), trouble.detail(), null));
        }
      }
    }
    outcomes.sort(Comparator.comparingLong(Outcome::ordinal));
    List<OutputFile> quarantineFiles = new ArrayList<>(job.quarantineFiles());
    if (!rows.isEmpty()) {
      quarantineFiles.addAll(quarantine.write(QuarantineLayout.objects(spark, rows)));
    }
    return new Conversion(outcomes, job.files(), quarantineFiles, job.sumOfNullTimestamps());
  }
}
