package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.convert.Conversion;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.ledger.OnOverwrite;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.output.DataFile;
import io.millrace.plan.Division;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The protocol over a directory of Parquet files: processes that end or pause at every call, and
 * others that go on meanwhile. At no time does a reader see a row twice.
 */
class ParquetProtocolTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final LedgerSettings SETTINGS =
      new LedgerSettings(
          OnOverwrite.APPEND,
          LedgerSettings.defaults().retention(),
          LedgerSettings.DEFAULT_MAX_REJECTED_BODY_BYTES);

  private final Crashes crashes = new Crashes();
  private final MemoryFiles ledgerFiles = new MemoryFiles(crashes);
  private final MemoryFiles marker = new MemoryFiles(crashes);
  private final MemoryPendingFiles directory = new MemoryPendingFiles(crashes);
  private final MemoryTable quarantine = new MemoryTable(crashes);

  ParquetProtocolTest() {
    crashes.watch(
        () -> {
          List<Long> rows = directory.rows();
          assertThat(new HashSet<>(rows)).as("%s", rows).hasSameSizeAs(rows);
        });
  }

  @Test
  void everyArrivalIsCommittedOnceWhereverTheProcessEndsTwice() throws IOException {
    int schedules = 0;
    for (boolean afterEffect : new boolean[] {false, true}) {
      for (boolean expire : new boolean[] {false, true}) {
        for (int first = 1, second = 1; ; second++) {
          ParquetProtocolTest world = new ParquetProtocolTest();
          boolean firstCrashed = world.crashes(first, afterEffect);
          if (expire) {
            world.directory.expire();
          }
          boolean secondCrashed = world.crashes(second, afterEffect);
          world.crashes.never();
          new Driver(world).finish();

          world.assertRight(
              "crashes at calls %d, %d, %s, expiry %s"
                  .formatted(first, second, afterEffect, expire));
          schedules++;
          if (!firstCrashed) {
            break;
          }
          if (!secondCrashed) {
            first++;
            second = 0;
          }
        }
      }
    }
    assertThat(schedules).isGreaterThan(1_000);
  }

  @Test
  void anOldDriverThatWakesAnywhereHarmsNothingWhereverTheNewOneIs() throws IOException {
    int schedules = 0;
    for (boolean expire : new boolean[] {false, true}) {
      for (int pause = 1, end = 1; ; end++) {
        ParquetProtocolTest world = new ParquetProtocolTest();
        boolean[] paused = {false};
        boolean[] ended = {false};
        int youngEnds = end;
        boolean expiring = expire;
        world.crashes.pauseAt(
            pause,
            pause % 2 == 0,
            () -> {
              paused[0] = true;
              if (expiring) {
                world.directory.expire();
              }
              ended[0] = world.crashesAsUnchecked(youngEnds, end(youngEnds));
              world.crashes.never();
            });
        wake(world);
        world.crashes.never();
        new Driver(world).finish();

        world.assertRight("pause at call %d, end at %d, expiry %s".formatted(pause, end, expire));
        schedules++;
        if (!paused[0]) {
          break;
        }
        if (!ended[0]) {
          pause++;
          end = 0;
        }
      }
    }
    assertThat(schedules).isGreaterThan(1_000);
  }

  @Test
  void aPreparedBatchWhoseUploadsWereAbortedIsConvertedAgainAndItsVisibleFilesAreReplaced()
      throws IOException {
    ParquetProtocolTest world = new ParquetProtocolTest();
    for (int call = 1; world.directory.rows().size() != 1; call++) {
      world = new ParquetProtocolTest();
      assertThat(world.crashes(call, true)).as("ends when one of two files is visible").isTrue();
    }
    world.crashes.never();
    world.directory.expire();

    new Driver(world).finish();

    String first = "000000000001-000000000002";
    assertThat(world.directory.visiblePaths())
        .contains(first + ".2-0", first + ".2-1")
        .noneMatch(path -> path.startsWith(first + ".1"));
    world.assertRight("after the expiry");
  }

  private void assertRight(String schedule) {
    // m is gone; q, arrival 6, is quarantined whole; k's two versions are appended.
    assertThat(directory.rows()).as(schedule).containsExactly(1L, 2L, 3L, 5L);
    assertThat(directory.pendingCount()).as(schedule + ": left pending").isZero();
  }

  private static boolean end(int call) {
    return call % 2 == 1;
  }

  private static void wake(ParquetProtocolTest world) throws IOException {
    try {
      new Driver(world).finish();
    } catch (RuntimeException e) {
      assertThat(e).isNotInstanceOf(IllegalStateException.class);
    }
  }

  private boolean crashesAsUnchecked(int call, boolean afterEffect) {
    try {
      return crashes(call, afterEffect);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private boolean crashes(int call, boolean afterEffect) throws IOException {
    crashes.at(call, afterEffect);
    try {
      new Driver(this).finish();
      return false;
    } catch (Crashes.Crash crash) {
      return true;
    }
  }

  /** A driver process. */
  private static final class Driver {
    private final Ledger ledger;
    private final TableSink table;
    private final MemoryTable quarantine;
    private final BatchProtocol protocol;

    Driver(ParquetProtocolTest world) throws IOException {
      ledger = Ledger.takeOver(world.ledgerFiles, "s", SETTINGS, InstantSource.system());
      quarantine = world.quarantine;
      table =
          new ParquetDirectorySink(
              "memory",
              new CommitLog(world.marker, new StreamId("s", ledger.id())),
              world.directory,
              (rows, files) -> {
                throw new UnsupportedOperationException("this engine writes files itself");
              },
              new Parallel(1),
              Duration.ofHours(1),
              InstantSource.fixed(MemoryPendingFiles.BEGIN));
      protocol =
          new BatchProtocol(
              ledger,
              new BatchPlan(ledger, OnOverwrite.APPEND, BatchPlan.End.UNBOUNDED),
              this::convert,
              table,
              quarantine,
              InstantSource.system(),
              report -> {});
      protocol.catchUp();
    }

    /** Six arrivals: k, l, k again, m, n, q. Those of an earlier process are duplicates. */
    void recordAll() {
      ledger.append(List.of(object("k", 1), object("l", 2)));
      ledger.append(List.of(object("k", 3), object("m", 4), object("n", 5)));
      ledger.append(List.of(object("q", 6)));
    }

    void finish() throws IOException {
      ledger.append(List.of(object("k", 1), object("l", 2)));
      protocol.advance(2);
      recordAll();
      protocol.advance(6);
    }

    /** Each object in a file of its own, and a malformed record; a task's twin leaves another. */
    private Conversion convert(List<Arrival> arrivals) throws IOException {
      List<Outcome> outcomes = new ArrayList<>();
      List<OutputFile> files = new ArrayList<>();
      List<Long> malformed = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        if (arrival.object().key().equals("m")) {
          outcomes.add(Outcome.without(arrival.ordinal(), Outcome.Kind.GONE, null));
        } else if (arrival.object().key().equals("q")) {
          outcomes.add(Outcome.without(arrival.ordinal(), Outcome.Kind.QUARANTINED, "denied"));
        } else {
          outcomes.add(new Outcome(arrival.ordinal(), Outcome.Kind.CONVERTED, null, 2, 1, 1, 10));
          files.add(file(arrival.ordinal(), files.size()));
          malformed.add(arrival.ordinal());
        }
      }
      file(0, 0);
      return new Conversion(
          outcomes, files, List.of(quarantine.write(malformed)), 0, Division.NONE);
    }

    private OutputFile file(long ordinal, int number) throws IOException {
      try (DataFile file = table.dataFiles().create(Map.of(), number)) {
        file.write((int) ordinal);
        return file.finish(1, null);
      }
    }

    private static Notification object(String key, int sequencer) {
      String hex = String.format(java.util.Locale.ROOT, "%04x", sequencer);
      return new Notification("b", key, null, "e" + hex, hex, 10, NOON, Origin.EVENT);
    }
  }
}
