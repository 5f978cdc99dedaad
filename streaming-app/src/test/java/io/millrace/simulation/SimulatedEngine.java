package io.millrace.simulation;

import io.millrace.convert.Conversion;
import io.millrace.convert.Engine;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.Outcome.Kind;
import io.millrace.ledger.OutputFile;
import io.millrace.plan.Division;
import io.millrace.simulation.TableContents.Row;
import io.millrace.sink.SimulatedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what is announced and nothing else, and writes one file a table, or two. */
final class SimulatedEngine implements Engine {
  /** What stands for an object that is not there; no ETag is so. */
  private static final String NONE = "";

  private final SimulatedBucket bucket;
  private final Outside outside;
  private final SimulatedTable table;
  private final SimulatedTable quarantine;

  SimulatedEngine(
      SimulatedBucket bucket, Outside outside, SimulatedTable table, SimulatedTable quarantine) {
    this.bucket = bucket;
    this.outside = outside;
    this.table = table;
    this.quarantine = quarantine;
  }

  @Override
  public Conversion convert(List<Arrival> arrivals) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    List<OutputFile> files = new ArrayList<>();
    List<OutputFile> quarantineFiles = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    List<Row> kept = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      outcomes.add(convert(arrival, rows, kept));
      if (rows.size() > 4) {
        files.add(table.write(rows));
        rows.clear();
      }
    }
    if (!rows.isEmpty()) {
      files.add(table.write(rows));
    }
    if (!kept.isEmpty()) {
      quarantineFiles.add(quarantine.write(kept));
    }
    return new Conversion(outcomes, files, quarantineFiles, 0, Division.NONE);
  }

  private Outcome convert(Arrival arrival, List<Row> rows, List<Row> kept) throws IOException {
    String key = arrival.object().key();
    String etag = String.valueOf(arrival.object().etag());
    String found =
        outside.read(
            "read " + key + " " + etag,
            () -> {
              String standing = bucket.read(key, arrival.object().versionId());
              return standing == null ? NONE : standing;
            });
    long ordinal = arrival.ordinal();
    if (!found.equals(etag)) {
      return Outcome.without(ordinal, found.equals(NONE) ? Kind.GONE : Kind.CHANGED, null);
    }
    if (SimulatedBucket.isUnreadable(etag)) {
      kept.add(new Row(ordinal, key, etag, 0));
      return Outcome.without(ordinal, Kind.QUARANTINED, "access-denied");
    }
    int good = SimulatedBucket.goodRecords(etag);
    int malformed = SimulatedBucket.malformedRecords(etag);
    for (int record = 0; record < good; record++) {
      rows.add(new Row(ordinal, key, etag, record));
    }
    for (int record = good; record < good + malformed; record++) {
      kept.add(new Row(ordinal, key, etag, record));
    }
    return new Outcome(ordinal, Kind.CONVERTED, null, good + malformed, good, malformed, 10);
  }
}
