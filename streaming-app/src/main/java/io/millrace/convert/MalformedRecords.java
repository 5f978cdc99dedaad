package io.millrace.convert;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.OutputFile;
import io.millrace.plan.Planner;
import io.millrace.plan.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Brings malformed records into the quarantine, in a second pass over their objects, as many as the
 * limits of a batch allow.
 *
 * <p>Within the limits, objects are read as they were the first time. Beyond, those that get less
 * than they have are read by one task each, which stops where its share is used up: so it is the
 * same records however often a task runs, and a flood costs no second reading.
 */
final class MalformedRecords {
  private final SparkSession spark;
  private final ParsedLines parsed;
  private final QuarantineLimits limits;
  private final TableWriter table;

  MalformedRecords(
      SparkSession spark, ParsedLines parsed, QuarantineLimits limits, TableWriter table) {
    this.spark = spark;
    this.parsed = parsed;
    this.limits = limits;
    this.table = table;
  }

  /**
   * Writes what is to be kept.
   *
   * @param planner the batch's
   * @param objects those with malformed records
   * @param counts how many each has, by ordinal
   * @param bytes how long those are as far as they would be kept, by ordinal
   * @param read reads them; it reports troubles where an object can't be read any more
   */
  KeptRecords write(
      Planner planner,
      List<Arrival> objects,
      Map<Long, Long> counts,
      Map<Long, Long> bytes,
      ReadLines read)
      throws IOException {
    if (objects.isEmpty()) {
      return KeptRecords.NOTHING;
    }
    Map<Long, Quota> quotas = limits.quotas(counts, bytes);
    List<Arrival> whole =
        objects.stream().filter(object -> !quotas.containsKey(object.ordinal())).toList();
    List<List<Split>> partly = new ArrayList<>();
    for (Arrival object : objects) {
      Quota quota = quotas.get(object.ordinal());
      if (quota != null && quota.records() > 0 && quota.bytes() > 0) {
        partly.add(List.of(new Split(object, 0, object.object().sizeBytes())));
      }
    }
    OrdinalCounter first = new OrdinalCounter();
    spark.sparkContext().register(first);
    List<Dataset<Row>> parts = new ArrayList<>();
    if (!whole.isEmpty()) {
      parts.add(malformed(planner.plan(whole), read));
    }
    if (!partly.isEmpty()) {
      Dataset<Row> all = malformed(partly, read);
      parts.add(
          spark.createDataFrame(
              all.javaRDD().mapPartitions(new KeepSome(quotas, first)),
              QuarantineLayout.recordsSchema()));
    }
    List<OutputFile> files =
        parts.isEmpty()
            ? List.of()
            : table.write(parts.stream().reduce(Dataset::union).orElseThrow().select(columns()));
    Map<Long, Long> kept = new TreeMap<>(first.value());
    whole.forEach(object -> kept.put(object.ordinal(), counts.get(object.ordinal())));
    return new KeptRecords(files, kept);
  }

  private Dataset<Row> malformed(List<List<Split>> tasks, ReadLines read) {
    return QuarantineLayout.records(
        parsed.of(tasks, read).filter(ParsedLines.isMalformed()), limits.maxKeptRecordBytes());
  }

  private static Column[] columns() {
    return Stream.of(QuarantineLayout.schema().fieldNames())
        .map(functions::col)
        .toArray(Column[]::new);
  }
}
