package io.millrace.simulation;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OnOverwrite;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.PreparedBatch;
import io.millrace.ledger.SimulatedLedger;
import io.millrace.ledger.SimulatedLedger.SegmentContents;
import io.millrace.simulation.TableContents.Row;
import io.millrace.simulation.TableContents.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows ledger and tables, and knows what must be in them. */
final class Audit {
  private final World world;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Map<Long, Outcome> outcomes = new HashMap<>();

  /** The ordinals that have rows in the main table, by key and in their order. */
  private final Map<String, List<Long>> live = new TreeMap<>();

  private long segments;
  private @Nullable UUID owner;
  private CommittedOffset committed = CommittedOffset.NONE;
  private CommittedOffset quarantined = CommittedOffset.NONE;

  Audit(World world) {
    this.world = world;
  }

  /** Every arrival there is. */
  List<Arrival> arrivals() {
    return arrivals;
  }

  long committed() {
    return committed.ordinal();
  }

  /** Who wrote the last segment; null in a ledger that has none. */
  @Nullable UUID owner() {
    return owner;
  }

  /** What must hold at any time. */
  void look() throws IOException {
    followLedger();
    boolean changed = false;
    for (Optional<Version> next = world.table.advance();
        next.isPresent();
        next = world.table.advance()) {
      commit(next.get().committed());
      checkMain();
      changed = true;
    }
    for (Optional<Version> next = world.quarantine.advance();
        next.isPresent();
        next = world.quarantine.advance()) {
      quarantined = later("the quarantine", quarantined, next.get().committed());
      changed = true;
    }
    if (changed) {
      checkQuarantine();
    }
  }

  /** What must hold when all is done. */
  void lookAtTheEnd() {
    require(committed.ordinal() == arrivals.size(), "not all is committed");
    world.bucket.current().forEach(this::lookAtTheEnd);
  }

  /** What must hold of an object that is there. */
  private void lookAtTheEnd(String key, String etag) {
    List<Long> ordinals = new ArrayList<>(ordinals(key, etag));
    String version = world.bucket.versionId(key);
    ordinals.removeIf(ordinal -> !Objects.equals(arrival(ordinal).object().versionId(), version));
    List<Long> standing = live.getOrDefault(key, List.of());
    if (world.onOverwrite == OnOverwrite.IGNORE) {
      require(
          arrivals.stream()
              .filter(arrival -> arrival.object().key().equals(key))
              .anyMatch(arrival -> !arrival.bornSuperseded()),
          "%s is ignored".formatted(key));
    } else if (SimulatedBucket.isUnreadable(etag)) {
      require(
          ordinals.stream().anyMatch(o -> is(o, Outcome.Kind.QUARANTINED)),
          "%s %s is not in the quarantine".formatted(key, etag));
    } else if (world.onOverwrite == OnOverwrite.REPLACE) {
      require(
          standing.size() == 1 && ordinals.contains(standing.get(0)),
          "%s should have the rows of %s, one of %s, and has those of %s"
              .formatted(key, etag, ordinals, standing));
    } else {
      require(
          standing.stream().anyMatch(ordinals::contains),
          "%s has no rows of %s".formatted(key, etag));
    }
  }

  private void followLedger() throws IOException {
    while (true) {
      Optional<SegmentContents> next = SimulatedLedger.segment(world.ledger.all(), segments + 1);
      if (next.isEmpty()) {
        return;
      }
      segments++;
      owner = next.get().owner();
      for (Arrival arrival : next.get().arrivals()) {
        require(arrival.ordinal() == arrivals.size() + 1, "ordinals have a gap");
        arrivals.add(arrival);
      }
    }
  }

  private void commit(CommittedOffset next) throws IOException {
    CommittedOffset before = committed;
    committed = later("the table", before, next);
    if (committed.equals(before)) {
      return;
    }
    PreparedBatch batch =
        SimulatedLedger.prepared(world.ledger.all(), before.ordinal() + 1, next.attempt())
            .orElseThrow(() -> new InvariantException("no record of the batch at " + next));
    require(batch.lastOrdinal() == next.ordinal(), "the table skipped to " + next);
    Set<String> converted = new HashSet<>();
    for (Outcome outcome : batch.outcomes()) {
      outcomes.put(outcome.ordinal(), outcome);
      if (outcome.kind() == Outcome.Kind.CONVERTED) {
        Arrival arrival = arrival(outcome.ordinal());
        String key = arrival.object().key();
        List<Long> standing = live.computeIfAbsent(key, k -> new ArrayList<>());
        if (world.onOverwrite == OnOverwrite.REPLACE) {
          require(converted.add(key), "two versions of %s in %s".formatted(key, batch));
          standing.clear();
        }
        require(
            world.onOverwrite != OnOverwrite.IGNORE || standing.isEmpty(),
            "%s has the rows of %s, and gets those of %d"
                .formatted(key, standing, outcome.ordinal()));
        standing.add(outcome.ordinal());
        checkRepetitions(arrival, standing);
      }
    }
  }

  /** Nothing is in the table more often than it was written. */
  private void checkRepetitions(Arrival arrival, List<Long> standing) {
    String key = arrival.object().key();
    String etag = String.valueOf(arrival.object().etag());
    List<Long> same = new ArrayList<>(standing);
    same.retainAll(ordinals(key, etag));
    require(
        same.size() <= world.bucket.writes(key, etag),
        "%s %s was written %d times, and has the rows of %s"
            .formatted(key, etag, world.bucket.writes(key, etag), same));
  }

  private void checkMain() {
    Set<Row> expected = new HashSet<>();
    for (List<Long> ordinals : live.values()) {
      for (long ordinal : ordinals) {
        Arrival arrival = arrival(ordinal);
        String etag = String.valueOf(arrival.object().etag());
        for (int record = 0; record < SimulatedBucket.goodRecords(etag); record++) {
          expected.add(new Row(ordinal, arrival.object().key(), etag, record));
        }
      }
    }
    compare("the table", world.table.rows(), expected);
  }

  private void checkQuarantine() {
    Set<Row> expected = new HashSet<>();
    for (Outcome outcome : outcomes.values()) {
      Arrival arrival = arrival(outcome.ordinal());
      String etag = String.valueOf(arrival.object().etag());
      int good = SimulatedBucket.goodRecords(etag);
      int rows =
          outcome.kind() == Outcome.Kind.QUARANTINED ? 1 : (int) outcome.recordsQuarantined();
      for (int record = good; record < good + rows; record++) {
        expected.add(new Row(outcome.ordinal(), arrival.object().key(), etag, record));
      }
    }
    List<Row> rows = new ArrayList<>(world.quarantine.rows());
    rows.removeIf(
        row -> row.ordinal() > committed.ordinal() && row.ordinal() <= quarantined.ordinal());
    compare("the quarantine", rows, expected);
  }

  private void compare(String table, List<Row> rows, Set<Row> expected) {
    Set<Row> seen = new HashSet<>();
    for (Row row : rows) {
      require(seen.add(row), "%s has %s twice".formatted(table, row));
      require(expected.contains(row), "%s has %s".formatted(table, row));
    }
    for (Row row : expected) {
      require(seen.contains(row), "%s lacks %s".formatted(table, row));
    }
  }

  private CommittedOffset later(String table, CommittedOffset before, CommittedOffset next) {
    boolean monotone =
        next.ordinal() > before.ordinal()
            || (next.ordinal() == before.ordinal() && next.attempt() >= before.attempt());
    require(monotone, "%s went from %s to %s".formatted(table, before, next));
    return next;
  }

  private boolean is(long ordinal, Outcome.Kind kind) {
    Outcome outcome = outcomes.get(ordinal);
    return outcome != null && outcome.kind() == kind;
  }

  private List<Long> ordinals(String key, String etag) {
    return arrivals.stream()
        .filter(arrival -> arrival.object().key().equals(key))
        .filter(arrival -> etag.equals(arrival.object().etag()))
        .map(Arrival::ordinal)
        .toList();
  }

  private Arrival arrival(long ordinal) {
    require(ordinal <= arrivals.size(), "ordinal " + ordinal + " is not in the ledger");
    return arrivals.get((int) ordinal - 1);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvariantException(otherwise);
    }
  }
}
