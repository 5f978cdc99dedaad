package io.millrace.demo.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.demo.check.Differences.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the objects with the rows of table and quarantine, by identity, content and object.
 *
 * <p>Works in passes, each over everything but for its share of the identities, so that memory is
 * bounded however large the objects are together: about 250 MiB for each {@link #BYTES_PER_PASS} of
 * records that are not smaller than the demo's.
 */
final class Comparison {
  /** Bytes of objects whose records are remembered at once. */
  static final long BYTES_PER_PASS = 1L << 30;

  private static final StructType ROW =
      new StructType(OrderSchema.RECORD.fields()).add("_key", StringType.STRING);
  private static final StructType QUARANTINED =
      new StructType()
          .add("key", StringType.STRING)
          .add("version", StringType.STRING)
          .add("record_offset", LongType.LONG)
          .add("text", StringType.STRING)
          .add("bytes", BinaryType.BINARY);

  private final SourceObjects source;
  private final DeltaRows table;
  private final DeltaRows quarantine;
  private final JsonRecords json = new JsonRecords();
  private final CanonicalBytes canonical = new CanonicalBytes();
  private final Differences differences = new Differences();
  private final long[] lines;
  private final long[] arrived;
  private final int passes;
  private Expectations expectations = new Expectations();
  private int pass;
  private long recordsIn;
  private long recordsOut;
  private long malformedIn;
  private long malformedOut;

  Comparison(SourceObjects source, DeltaRows table, DeltaRows quarantine, long bytesPerPass) {
    this.source = source;
    this.table = table;
    this.quarantine = quarantine;
    this.lines = new long[source.count()];
    this.arrived = new long[source.count()];
    this.passes = Math.toIntExact(source.bytes() / bytesPerPass + 1);
  }

  /** Once. */
  CheckReport run() throws IOException {
    for (pass = 0; pass < passes; pass++) {
      expectations = new Expectations();
      source.forEachLine(this::expect);
      table.forEach(ROW, this::seeRow);
      quarantine.forEach(QUARANTINED, this::seeQuarantined);
      findLost();
    }
    compareCounts();
    return new CheckReport(
        source.count(),
        source.bytes(),
        recordsIn,
        recordsOut,
        malformedIn,
        malformedOut,
        differences.count(Kind.LOST),
        differences.count(Kind.DUPLICATED),
        differences.count(Kind.ALTERED),
        differences.count(Kind.UNEXPECTED),
        differences.count(Kind.MISCOUNTED));
  }

  Differences differences() {
    return differences;
  }

  private void expect(int object, long offset, byte[] line) {
    Found found = parse(object, offset, line);
    if (!isOfThisPass(found.identity())) {
      return;
    }
    lines[object]++;
    if (found.id() == null) {
      malformedIn++;
    } else {
      recordsIn++;
    }
    if (!expectations.add(found.identity(), found.content().high(), object)) {
      throw new IllegalStateException(
          "the source has the record %s twice, the second time at offset %d of %s"
              .formatted(found.id(), offset, source.get(object).key()));
    }
  }

  /**
   * A line of an object.
   *
   * @param id null where it is malformed
   */
  private record Found(@Nullable String id, Fingerprint identity, Fingerprint content) {}

  private Found parse(int object, long offset, byte[] line) {
    try {
      String id = json.read(line, canonical);
      return new Found(id, Fingerprint.ofRecord(id), canonical.fingerprint());
    } catch (MalformedLineException e) {
      Fingerprint place = Fingerprint.ofLine(source.get(object).key(), offset);
      return new Found(null, place, Fingerprint.of(line));
    }
  }

  private void seeRow(ColumnVector[] columns, int row) {
    int fields = OrderSchema.RECORD.length();
    String id = columns[OrderSchema.RECORD.indexOf(OrderSchema.ID)].getString(row);
    Fingerprint identity = Fingerprint.ofRecord(String.valueOf(id));
    if (!isOfThisPass(identity)) {
      return;
    }
    recordsOut++;
    String key = String.valueOf(columns[fields].getString(row));
    canonical.clear();
    canonical.addStruct();
    for (int i = 0; i < fields; i++) {
      VectorRecords.add(columns[i], row, OrderSchema.RECORD.at(i).getDataType(), canonical);
    }
    see(identity, canonical.fingerprint(), key, "record %s of %s".formatted(id, key));
  }

  /** Lines of versions that were overwritten stay in the quarantine; they are none of ours. */
  private void seeQuarantined(ColumnVector[] columns, int row) {
    String key = String.valueOf(columns[0].getString(row));
    String version = String.valueOf(columns[1].getString(row));
    long offset = columns[2].getLong(row);
    int object = source.indexOf(key);
    Fingerprint identity = Fingerprint.ofLine(key, offset);
    boolean current = object >= 0 && source.get(object).tag().equals(version);
    if (!current || !isOfThisPass(identity)) {
      return;
    }
    malformedOut++;
    byte[] line =
        columns[4].isNullAt(row)
            ? String.valueOf(columns[3].getString(row)).getBytes(UTF_8)
            : columns[4].getBinary(row);
    see(
        identity,
        Fingerprint.of(line),
        key,
        "malformed line at offset %d of %s".formatted(offset, key));
  }

  private void see(Fingerprint identity, Fingerprint content, String key, String name) {
    int object = source.indexOf(key);
    if (object >= 0) {
      arrived[object]++;
    }
    int slot = expectations.find(identity);
    if (slot == Expectations.NONE) {
      differences.add(Kind.UNEXPECTED, name);
    } else if (!expectations.see(slot)) {
      differences.add(Kind.DUPLICATED, name);
    } else if (expectations.content(slot) != content.high()) {
      differences.add(Kind.ALTERED, name);
    } else if (expectations.object(slot) != object) {
      String right = source.get(expectations.object(slot)).key();
      differences.add(Kind.ALTERED, name + ", which is of " + right);
    }
  }

  private void findLost() throws IOException {
    int unseen = expectations.unseen();
    differences.count(Kind.LOST, unseen);
    if (unseen > 0 && !differences.isFull(Kind.LOST)) {
      source.forEachLine(this::nameIfLost);
    }
  }

  private void nameIfLost(int object, long offset, byte[] line) {
    Found found = parse(object, offset, line);
    int slot = isOfThisPass(found.identity()) ? expectations.find(found.identity()) : -1;
    if (slot != Expectations.NONE && !expectations.isSeen(slot)) {
      String what = found.id() == null ? "malformed line" : "record " + found.id();
      String key = source.get(object).key();
      differences.name(Kind.LOST, "%s at offset %d of %s".formatted(what, offset, key));
    }
  }

  private void compareCounts() {
    for (int object = 0; object < lines.length; object++) {
      if (lines[object] != arrived[object]) {
        differences.add(
            Kind.MISCOUNTED,
            "%s has %d lines, of which %d arrived in table and quarantine"
                .formatted(source.get(object).key(), lines[object], arrived[object]));
      }
    }
  }

  private boolean isOfThisPass(Fingerprint identity) {
    return Long.remainderUnsigned(identity.low(), passes) == pass;
  }
}
