package io.millrace.convert;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import io.millrace.convert.ObjectTrouble.Kind;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.plan.Planner;
import io.millrace.plan.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts with Spark's own JSON parser. */
public final class SparkEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);
  private static final String RECORD = Lines.RESERVED_PREFIX + "record";
  private static final String CORRUPT = Lines.RESERVED_PREFIX + "corrupt";

  private final SparkSession spark;
  private final ObjectStoreSettings store;
  private final RowLayout layout;
  private final ConversionSettings settings;
  private final TableWriter table;
  private final TableWriter quarantine;
  private final Planner planner;

  /**
   * @param table writes rows of {@link RowLayout#tableSchema}
   * @param quarantine writes rows of {@link QuarantineLayout#schema}
   */
  public SparkEngine(
      SparkSession spark,
      ObjectStoreSettings store,
      RowLayout layout,
      ConversionSettings settings,
      TableWriter table,
      TableWriter quarantine) {
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
    this.planner = new Planner(settings.splitBytes());
  }

  @Override
  public Conversion convert(List<Arrival> arrivals) throws IOException {
    Map<Long, ObjectTrouble> troubles =
        new TreeMap<>(new Preflight(S3Clients.of(store)).check(arrivals));
    while (true) {
      List<Arrival> readable =
          arrivals.stream().filter(arrival -> !troubles.containsKey(arrival.ordinal())).toList();
      Job job = new Job(readable);
      List<ObjectTrouble> met = job.run();
      if (met.isEmpty()) {
        troubles.values().forEach(trouble -> LOG.warn("an object is left out: {}", trouble));
        return job.conversion(arrivals, troubles);
      }
      met.forEach(trouble -> troubles.put(trouble.ordinal(), trouble));
      LOG.warn("{} objects can't be read after all: the batch goes without them", met.size());
    }
  }

  /** One run over a batch. */
  private final class Job {
    private final List<Arrival> arrivals;
    private final OrdinalCounter read = counter();
    private final OrdinalCounter bytes = counter();
    private final OrdinalCounter converted = counter();
    private final OrdinalCounter malformed = counter();
    private final OrdinalCounter nullTimestamps = counter();
    private List<OutputFile> files = List.of();
    private List<OutputFile> quarantineFiles = List.of();

    Job(List<Arrival> arrivals) {
      this.arrivals = arrivals;
    }

    /** Writes the files, unless there are objects without which it has to be done again. */
    List<ObjectTrouble> run() throws IOException {
      CollectionAccumulator<ObjectTrouble> troubles = troubles();
      List<List<Split>> tasks = planner.plan(arrivals);
      if (tasks.isEmpty()) {
        return List.of();
      }
      Dataset<Row> good =
          parsed(tasks, new ReadLines(store, settings.maxRecordBytes(), read, bytes, troubles))
              .filter(Tally.dividing(converted, malformed).apply(col(Lines.ORDINAL), isCorrupt()));
      files = table.write(layout.rows(withFields(good), nullTimestamps));
      if (troubles.value().isEmpty()) {
        writeQuarantine(troubles);
      }
      return objectsOwn(troubles.value());
    }

    /** A second pass, over the objects that have malformed records. */
    private void writeQuarantine(CollectionAccumulator<ObjectTrouble> troubles) throws IOException {
      Map<Long, Long> counts = malformed.value();
      List<Arrival> again =
          arrivals.stream().filter(arrival -> counts.containsKey(arrival.ordinal())).toList();
      if (again.isEmpty()) {
        return;
      }
      ReadLines reread =
          new ReadLines(store, settings.maxRecordBytes(), counter(), counter(), troubles);
      Dataset<Row> bad = parsed(planner.plan(again), reread).filter(isCorrupt());
      quarantineFiles = quarantine.write(QuarantineLayout.rows(bad, settings.maxKeptRecordBytes()));
    }

    Conversion conversion(List<Arrival> all, Map<Long, ObjectTrouble> troubles) {
      check("converted", converted, files);
      check("malformed", malformed, quarantineFiles);
      Map<Long, Long> reads = read.value();
      Map<Long, Long> lengths = bytes.value();
      Map<Long, Long> rows = converted.value();
      Map<Long, Long> bad = malformed.value();
      List<Outcome> outcomes = new ArrayList<>();
      for (Arrival arrival : all) {
        long ordinal = arrival.ordinal();
        ObjectTrouble trouble = troubles.get(ordinal);
        outcomes.add(
            trouble != null
                ? trouble.toOutcome()
                : new Outcome(
                    ordinal,
                    Outcome.Kind.CONVERTED,
                    null,
                    reads.getOrDefault(ordinal, 0L),
                    rows.getOrDefault(ordinal, 0L),
                    bad.getOrDefault(ordinal, 0L),
                    lengths.getOrDefault(ordinal, 0L)));
      }
      return new Conversion(outcomes, files, quarantineFiles, sum(nullTimestamps));
    }
  }

  /** The columns of {@link Lines}, and the record as Spark's parser sees it. */
  private Dataset<Row> parsed(List<List<Split>> tasks, ReadLines read) {
    StructType schema = layout.recordSchema().add(CORRUPT, DataTypes.StringType);
    Map<String, String> options =
        Map.of(
            "mode",
            "PERMISSIVE",
            "columnNameOfCorruptRecord",
            CORRUPT,
            "timeZone",
            settings.timeZone().getId());
    return Lines.of(spark, tasks, read)
        .withColumn(RECORD, from_json(col(Lines.TEXT).cast("string"), schema, options));
  }

  /** No line is blank, so that a record without a struct is one that is none. */
  private static Column isCorrupt() {
    return col(RECORD).isNull().or(col(RECORD + "." + CORRUPT).isNotNull());
  }

  private static Dataset<Row> withFields(Dataset<Row> parsed) {
    return parsed.select("*", RECORD + ".*").drop(RECORD, CORRUPT);
  }

  /**
   * What remains an object's own trouble during a job.
   *
   * @throws EnvironmentException where access was lost under way: before the job it was there, and
   *     the next look at all objects together tells whose fault it is
   */
  private static List<ObjectTrouble> objectsOwn(List<ObjectTrouble> met)
      throws EnvironmentException {
    for (ObjectTrouble trouble : met) {
      if (trouble.kind() == Kind.ACCESS_DENIED) {
        throw new EnvironmentException("access was lost while objects were read: " + trouble, null);
      }
    }
    return met;
  }

  private static void check(String what, OrdinalCounter counted, List<OutputFile> files) {
    long written = files.stream().mapToLong(OutputFile::records).sum();
    if (written != sum(counted)) {
      throw new IllegalStateException(
          "%d records were counted as %s, but the files hold %d"
              .formatted(sum(counted), what, written));
    }
  }

  private static long sum(OrdinalCounter counter) {
    return counter.value().values().stream().mapToLong(Long::longValue).sum();
  }

  private OrdinalCounter counter() {
    OrdinalCounter counter = new OrdinalCounter();
    spark.sparkContext().register(counter);
    return counter;
  }

  private CollectionAccumulator<ObjectTrouble> troubles() {
    CollectionAccumulator<ObjectTrouble> troubles = new CollectionAccumulator<>();
    SparkContext context = spark.sparkContext();
    context.register(troubles);
    return troubles;
  }
}
