package io.millrace.convert;

import io.millrace.convert.QuarantineLayout.ObjectRow;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what came of a batch, with what it goes without. */
final class BatchConclusion {
  private static final Logger LOG = LoggerFactory.getLogger(BatchConclusion.class);

  private final SparkSession spark;
  private final TableWriter quarantine;

  /**
   * @param timeZone of the stream, which the session must have, too
   */
  BatchConclusion(SparkSession spark, ZoneId timeZone, TableWriter quarantine) {
    String sessionZone = spark.conf().get("spark.sql.session.timeZone");
    if (!sessionZone.equals(timeZone.getId())) {
      throw new IllegalArgumentException(
          "spark.sql.session.timeZone is %s, but the stream's time zone is %s"
              .formatted(sessionZone, timeZone));
    }
    this.spark = spark;
    this.quarantine = quarantine;
  }

  /**
   * Adds outcomes of the objects that are left out, and the quarantine's rows about objects.
   *
   * @param troubles what is wrong with objects, by ordinal
   * @param cuts rows about malformed records that are not kept
   * @param converted what there is of all others
   */
  Conversion of(
      List<Arrival> arrivals,
      Map<Long, ObjectTrouble> troubles,
      List<ObjectRow> cuts,
      Conversion converted)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>(converted.outcomes());
    List<ObjectRow> rows = new ArrayList<>(cuts);
    for (Arrival arrival : arrivals) {
      ObjectTrouble trouble = troubles.get(arrival.ordinal());
      if (trouble != null) {
        LOG.debug("an object is left out: {}", trouble);
        outcomes.add(trouble.toOutcome());
        if (trouble.reason() != null) {
          rows.add(new ObjectRow(arrival, trouble.reason(), trouble.detail(), null));
        }
      }
    }
    outcomes.sort(Comparator.comparingLong(Outcome::ordinal));
    List<OutputFile> quarantineFiles = new ArrayList<>(converted.quarantineFiles());
    if (!rows.isEmpty()) {
      quarantineFiles.addAll(quarantine.write(QuarantineLayout.objects(spark, rows)));
    }
    return new Conversion(
        outcomes,
        converted.files(),
        quarantineFiles,
        converted.nullTimestamps(),
        converted.division());
  }
}
