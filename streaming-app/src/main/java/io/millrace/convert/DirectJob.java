package io.millrace.convert;

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
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One run of the direct engine over a batch: the files it writes, and what it counts. */
final class DirectJob {
  private final SparkSession spark;
  private final TaskSettings settings;
  private final TaskRequests requests;
  private final Planner planner;
  private final List<Arrival> arrivals;
  private final Map<Long, ObjectCounts> counts = new TreeMap<>();
  private final List<OutputFile> files = new ArrayList<>();
  private final List<OutputFile> discarded = new ArrayList<>();
  private final List<OutputFile> discardedMalformed = new ArrayList<>();
  private KeptRecords kept = KeptRecords.NOTHING;
  private Division division = Division.NONE;

  /**
   * @param arrivals those that can be read
   */
  DirectJob(
      SparkSession spark,
      TaskSettings settings,
      TaskRequests requests,
      Planner planner,
      List<Arrival> arrivals) {
    this.spark = spark;
    this.settings = settings;
    this.requests = requests;
    this.planner = planner;
    this.arrivals = arrivals;
  }

  /**
   * Writes the files.
   *
   * @return what is wrong with objects, of which the files have nothing
   * @throws EnvironmentException where something is wrong for which no object is to blame
   */
  Map<Long, ObjectTrouble> convert() throws IOException {
    QuarantineLimits limits = settings.conversion().quarantine();
    List<List<Split>> tasks = planner.plan(arrivals);
    division = planner.division(tasks.size());
    List<TaskResult> results =
        run(tasks, new TaskConversion(settings, MalformedLimits.ofFirstPass(limits), requests));
    Map<Long, ObjectTrouble> troubles = new TreeMap<>();
    for (TaskResult result : results) {
      result.troubles().forEach(trouble -> troubles.put(trouble.ordinal(), trouble));
      result.counts().forEach((ordinal, count) -> counts.merge(ordinal, count, ObjectCounts::plus));
    }
    counts.forEach(
        (ordinal, count) -> {
          if (limits.isHopeless(count.records(), count.malformed())) {
            troubles.putIfAbsent(
                ordinal, ObjectTrouble.malformedRatio(ordinal, count.records(), count.malformed()));
          }
        });
    counts.keySet().removeAll(troubles.keySet());
    Map<Long, Long> keptByOrdinal = new TreeMap<>();
    List<OutputFile> malformedFiles = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskResult result = results.get(i);
      // A task whose object has trouble has that object only: see Planner.
      boolean isLeftOut = result.counts().keySet().stream().anyMatch(troubles::containsKey);
      (isLeftOut ? discarded : files).addAll(result.files());
      (isLeftOut ? discardedMalformed : malformedFiles).addAll(result.malformedFiles());
      if (!isLeftOut) {
        result.kept().forEach((ordinal, count) -> keptByOrdinal.merge(ordinal, count, Long::sum));
      }
    }
    kept = new KeptRecords(malformedFiles, keptByOrdinal);
    return troubles;
  }

  /**
   * Sees to it that the quarantine has as many malformed records as a batch keeps, fairly shared:
   * where there are more, in a second pass over their objects.
   *
   * @return what is wrong with objects that could be read before; then the batch has to be
   *     converted without them
   */
  Map<Long, ObjectTrouble> keepMalformed() throws IOException {
    QuarantineLimits limits = settings.conversion().quarantine();
    Map<Long, Long> malformed = malformed(ObjectCounts::malformed);
    Map<Long, Quota> quotas = limits.quotas(malformed, malformed(ObjectCounts::keptBytes));
    if (quotas.isEmpty()) {
      return Map.of();
    }
    discardedMalformed.addAll(kept.files());
    kept = KeptRecords.NOTHING;
    List<Arrival> objects =
        arrivals.stream().filter(arrival -> malformed.containsKey(arrival.ordinal())).toList();
    List<List<Split>> tasks =
        new ArrayList<>(
            planner.plan(
                objects.stream().filter(object -> !quotas.containsKey(object.ordinal())).toList()));
    for (Arrival object : objects) {
      Quota quota = quotas.get(object.ordinal());
      if (quota != null && quota.records() > 0 && quota.bytes() > 0) {
        tasks.add(List.of(new Split(object, 0, object.object().sizeBytes())));
      }
    }
    List<OutputFile> malformedFiles = new ArrayList<>();
    Map<Long, Long> keptByOrdinal = new TreeMap<>();
    Map<Long, ObjectTrouble> troubles = new TreeMap<>();
    for (TaskResult result :
        run(tasks, new TaskConversion(settings, MalformedLimits.ofSecondPass(quotas), requests))) {
      result.troubles().forEach(trouble -> troubles.put(trouble.ordinal(), trouble));
      malformedFiles.addAll(result.malformedFiles());
      result.kept().forEach((ordinal, count) -> keptByOrdinal.merge(ordinal, count, Long::sum));
    }
    kept = new KeptRecords(malformedFiles, keptByOrdinal);
    return troubles;
  }

  List<OutputFile> files() {
    return files;
  }

  List<OutputFile> malformedFiles() {
    return kept.files();
  }

  /** Files of the main table that nobody needs any more. */
  List<OutputFile> discarded() {
    return discarded;
  }

  /** Files of the quarantine that nobody needs any more. */
  List<OutputFile> discardedMalformed() {
    return discardedMalformed;
  }

  /** What stands for the malformed records that are not kept. */
  List<ObjectRow> cuts() {
    return kept.cuts(arrivals, malformed(ObjectCounts::malformed));
  }

  /** Of the objects that are converted. */
  Conversion conversion() {
    checkCounts();
    List<Outcome> outcomes = new ArrayList<>();
    counts.forEach(
        (ordinal, count) ->
            outcomes.add(
                new Outcome(
                    ordinal,
                    Outcome.Kind.CONVERTED,
                    null,
                    count.records(),
                    count.converted(),
                    count.malformed(),
                    count.bytes())));
    return new Conversion(
        outcomes,
        files,
        kept.files(),
        sum(counts.values(), ObjectCounts::withoutTimestamp),
        division);
  }

  private List<TaskResult> run(List<List<Split>> tasks, TaskConversion conversion)
      throws IOException {
    if (tasks.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<TaskResult> results =
        SparkJobs.run(
            "the conversion",
            () -> context.parallelize(tasks, tasks.size()).map(conversion).collect());
    for (TaskResult result : results) {
      if (result.environment() != null) {
        throw new EnvironmentException(result.environment(), null);
      }
    }
    return results;
  }

  /** By ordinal, of the objects that have malformed records. */
  private Map<Long, Long> malformed(ToLongFunction<ObjectCounts> count) {
    Map<Long, Long> values = new TreeMap<>();
    counts.forEach(
        (ordinal, counted) -> {
          if (counted.malformed() > 0) {
            values.put(ordinal, count.applyAsLong(counted));
          }
        });
    return values;
  }

  private void checkCounts() {
    check("converted", sum(counts.values(), ObjectCounts::converted), files);
    check("kept as malformed", sum(kept.kept().values(), Long::longValue), kept.files());
  }

  private static void check(String what, long counted, List<OutputFile> files) {
    long written = sum(files, OutputFile::records);
    if (written != counted) {
      throw new IllegalStateException(
          "%d records were counted as %s, but the files hold %d".formatted(counted, what, written));
    }
  }

  private static <T> long sum(Iterable<T> values, ToLongFunction<T> of) {
    long sum = 0;
    for (T value : values) {
      sum += of.applyAsLong(value);
    }
    return sum;
  }
}
