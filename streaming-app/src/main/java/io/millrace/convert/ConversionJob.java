package io.millrace.convert;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import io.millrace.convert.QuarantineLayout.ObjectRow;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.plan.Division;
import io.millrace.plan.Planner;
import io.millrace.plan.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;

/** One run over a batch: the files it writes, and what it counts. */
final class ConversionJob {
  private final SparkSession spark;
  private final ObjectStoreSettings store;
  private final ConversionSettings settings;
  private final TaskRequests requests;
  private final List<Arrival> arrivals;
  private final CollectionAccumulator<ObjectTrouble> troubles = new CollectionAccumulator<>();
  private final OrdinalCounter read;
  private final OrdinalCounter bytes;
  private final OrdinalCounter converted;
  private final OrdinalCounter malformed;
  private final OrdinalCounter malformedBytes;
  private final OrdinalCounter nullTimestamps;
  private final Map<Long, ObjectTrouble> hopeless = new TreeMap<>();
  private List<OutputFile> files = List.of();
  private KeptRecords kept = KeptRecords.NOTHING;
  private Division division = Division.NONE;

  /**
   * @param arrivals those that can be read
   */
  ConversionJob(
      SparkSession spark,
      ObjectStoreSettings store,
      ConversionSettings settings,
      TaskRequests requests,
      List<Arrival> arrivals) {
    this.spark = spark;
    this.store = store;
    this.settings = settings;
    this.requests = requests;
    this.arrivals = arrivals;
    spark.sparkContext().register(troubles);
    this.read = counter();
    this.bytes = counter();
    this.converted = counter();
    this.malformed = counter();
    this.malformedBytes = counter();
    this.nullTimestamps = counter();
  }

  /**
   * Writes the files.
   *
   * @return objects without which it has to be done again; empty where it is done
   */
  List<ObjectTrouble> run(
      Planner planner,
      ParsedLines parsed,
      RowLayout layout,
      TableWriter table,
      MalformedRecords quarantine)
      throws IOException {
    List<List<Split>> tasks = planner.plan(arrivals);
    division = planner.division(tasks.size());
    if (tasks.isEmpty()) {
      return List.of();
    }
    Dataset<Row> good =
        parsed
            .of(tasks, lines(read, bytes))
            .filter(
                Tally.dividing(converted, malformed, malformedBytes)
                    .apply(
                        col(Lines.ORDINAL),
                        ParsedLines.isMalformed(),
                        least(
                            length(col(Lines.TEXT)),
                            lit(settings.quarantine().maxKeptRecordBytes()))));
    files = table.write(layout.rows(ParsedLines.withFields(good), nullTimestamps));
    List<ObjectTrouble> met = new ArrayList<>(troubles.value());
    if (met.isEmpty()) {
      met.addAll(partlyConvertedButHopeless());
    }
    if (met.isEmpty()) {
      kept =
          quarantine.write(
              planner,
              arrivals.stream().filter(this::hasMalformedRecords).toList(),
              ofOthers(malformed.value()),
              ofOthers(malformedBytes.value()),
              lines(counter(), counter()));
      met.addAll(troubles.value());
    }
    return met;
  }

  List<OutputFile> files() {
    return files;
  }

  List<OutputFile> quarantineFiles() {
    return kept.files();
  }

  Division division() {
    return division;
  }

  long sumOfNullTimestamps() {
    return sum(nullTimestamps.value());
  }

  /** Objects of which so much is malformed that nothing of them is kept, by ordinal. */
  Map<Long, ObjectTrouble> hopeless() {
    return hopeless;
  }

  /** Of the objects that are converted, ascending. */
  List<Outcome> outcomes() {
    checkCounts();
    Map<Long, Long> reads = read.value();
    Map<Long, Long> lengths = bytes.value();
    Map<Long, Long> rows = converted.value();
    Map<Long, Long> bad = malformed.value();
    return arrivals.stream()
        .map(Arrival::ordinal)
        .filter(ordinal -> !hopeless.containsKey(ordinal))
        .map(
            ordinal ->
                new Outcome(
                    ordinal,
                    Outcome.Kind.CONVERTED,
                    null,
                    reads.getOrDefault(ordinal, 0L),
                    rows.getOrDefault(ordinal, 0L),
                    bad.getOrDefault(ordinal, 0L),
                    lengths.getOrDefault(ordinal, 0L)))
        .toList();
  }

  /** What stands for the malformed records that are not kept. */
  List<ObjectRow> cuts() {
    return kept.cuts(arrivals, ofOthers(malformed.value()));
  }

  /**
   * Notes which objects have too many malformed records. One that has nothing else left nothing in
   * the files, and needs no other run.
   *
   * @return those that did leave something
   */
  private List<ObjectTrouble> partlyConvertedButHopeless() {
    Map<Long, Long> reads = read.value();
    Map<Long, Long> rows = converted.value();
    List<ObjectTrouble> partly = new ArrayList<>();
    malformed
        .value()
        .forEach(
            (ordinal, bad) -> {
              long records = reads.getOrDefault(ordinal, 0L);
              if (settings.quarantine().isHopeless(records, bad)) {
                ObjectTrouble trouble = ObjectTrouble.malformedRatio(ordinal, records, bad);
                hopeless.put(ordinal, trouble);
                if (rows.getOrDefault(ordinal, 0L) > 0) {
                  partly.add(trouble);
                }
              }
            });
    return partly;
  }

  private boolean hasMalformedRecords(Arrival arrival) {
    return ofOthers(malformed.value()).containsKey(arrival.ordinal());
  }

  private Map<Long, Long> ofOthers(Map<Long, Long> counts) {
    Map<Long, Long> others = new TreeMap<>(counts);
    others.keySet().removeAll(hopeless.keySet());
    return others;
  }

  private void checkCounts() {
    check("converted", sum(converted.value()), files);
    check("kept as malformed", sum(kept.kept()), kept.files());
    Map<Long, Long> reads = read.value();
    long counted = sum(converted.value()) + sum(malformed.value());
    if (sum(reads) != counted) {
      throw new IllegalStateException(
          "%d records were read, but %d converted or malformed".formatted(sum(reads), counted));
    }
  }

  private static void check(String what, long counted, List<OutputFile> files) {
    long written = files.stream().mapToLong(OutputFile::records).sum();
    if (written != counted) {
      throw new IllegalStateException(
          "%d records were counted as %s, but the files hold %d".formatted(counted, what, written));
    }
  }

  private ReadLines lines(OrdinalCounter records, OrdinalCounter lengths) {
    return new ReadLines(
        store,
        settings.decompression(),
        settings.maxRecordBytes(),
        records,
        lengths,
        troubles,
        requests);
  }

  private static long sum(Map<Long, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private OrdinalCounter counter() {
    OrdinalCounter counter = new OrdinalCounter();
    spark.sparkContext().register(counter);
    return counter;
  }
}
