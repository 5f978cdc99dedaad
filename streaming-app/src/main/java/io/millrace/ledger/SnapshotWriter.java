package io.millrace.ledger;

import io.millrace.ledger.Appender.Point;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a snapshot while the ledger goes on.
 *
 * <p>Each part is a copy of its own moment, made while no segment is under way: it may know of
 * segments later than the snapshot's number, and applying them again changes nothing. What has to
 * leave the working set goes to the history; it leaves memory when the snapshot is valid. The
 * snapshot itself is written last, and only by the owner. Whatever was written before is without
 * meaning until then, and stays so after a crash: its names are never used again.
 */
final class SnapshotWriter {
  private final PatientStore store;
  private final LedgerState state;
  private final Appender appender;
  private final UUID nonce;
  private final InstantSource clock;
  private final Runnable goOn;
  private final Runnable checkOwner;

  /** What the snapshot is of. */
  private record Start(
      Point point,
      CommittedOffset committed,
      WaitingArrivals.Copy waiting,
      Retention.Mark leaving,
      long newestEventMillis,
      List<Retention.Mark> marks,
      long keys,
      int bits,
      long leavingRows) {}

  /**
   * For one owner.
   *
   * @param goOn called before each file; throws to end the snapshot
   * @param checkOwner throws where another has taken the stream over
   */
  SnapshotWriter(
      PatientStore store,
      LedgerState state,
      Appender appender,
      UUID nonce,
      InstantSource clock,
      Runnable goOn,
      Runnable checkOwner) {
    this.store = store;
    this.state = state;
    this.appender = appender;
    this.nonce = nonce;
    this.clock = clock;
    this.goOn = goOn;
    this.checkOwner = checkOwner;
  }

  /**
   * Writes one.
   *
   * @return empty where a segment's fate is unknown, so that what is in memory may not be durable
   */
  Optional<Snapshot> write() {
    Optional<Start> start = start();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    try {
      return write(start.get());
    } finally {
      synchronized (state) {
        state.index().unwatch();
      }
    }
  }

  private Optional<Start> start() {
    synchronized (state) {
      Optional<Point> point = appender.point();
      if (point.isEmpty()) {
        return Optional.empty();
      }
      ObjectIndex index = state.index();
      index.watch();
      Retention.Mark leaving = state.retention().due(clock.millis());
      long keys = index.keys();
      return Optional.of(
          new Start(
              point.get(),
              state.committed(),
              state.waiting().copy(),
              leaving,
              state.retention().newestEventMillis(),
              state.retention().marks(),
              keys,
              IndexParts.bitsFor(Math.max(keys, index.versions()), ObjectIndex.SHARD_BITS),
              leaving.ordinal() == 0 ? 0 : index.countThrough(leaving.ordinal())));
    }
  }

  private Optional<Snapshot> write(Start start) {
    long number = start.point().segment();
    List<HistoryRun> history = new ArrayList<>(state.history().runs());
    if (start.leavingRows() > 0) {
      int bits = IndexParts.bitsFor(start.leavingRows(), start.bits());
      history.add(
          new HistoryRun(
              number, 1, bits, start.leavingRows(), start.leaving().newestEventMillis()));
    }
    if (!writeParts(start, history)) {
      return Optional.empty();
    }
    int waitingFiles = WaitingCodec.files(start.waiting());
    for (int file = 0; file < waitingFiles; file++) {
      goOn.run();
      put(
          store,
          LedgerNames.waiting(number, file),
          WaitingCodec.encode(nonce, start.waiting(), file));
    }
    if (start.leavingRows() > 0) {
      history = new HistoryMerge(store, state.history(), nonce).merged(history, number, 2, goOn);
    }
    Snapshot snapshot =
        new Snapshot(
            number,
            start.point().lastOrdinal(),
            start.committed(),
            start.bits(),
            start.keys(),
            waitingFiles,
            start.newestEventMillis(),
            start.marks().stream()
                .filter(mark -> mark.ordinal() > start.leaving().ordinal())
                .toList(),
            history);
    checkOwner.run();
    put(store, LedgerNames.snapshot(number), Snapshot.encode(nonce, snapshot));
    leave(start, history);
    return Optional.of(snapshot);
  }

  /** Writes the working set, and what leaves it as the last of the history's runs. */
  private boolean writeParts(Start start, List<HistoryRun> history) {
    long through = start.leaving().ordinal();
    List<IndexPart> leaving = new ArrayList<>();
    for (int part = 0; part < 1 << start.bits(); part++) {
      goOn.run();
      IndexPart staying;
      synchronized (state) {
        if (appender.point().isEmpty()) {
          return false;
        }
        staying = state.index().copy(start.bits(), part, through, true);
        if (start.leavingRows() > 0) {
          leaving.add(state.index().copy(start.bits(), part, through, false));
        }
      }
      put(
          store,
          LedgerNames.workingSet(start.point().segment(), part),
          IndexPart.encode(LedgerFile.Kind.WORKING_SET, nonce, staying));
      if (start.leavingRows() > 0) {
        HistoryRun run = history.get(history.size() - 1);
        int partsOfFile = 1 << (start.bits() - run.bits());
        if ((part + 1) % partsOfFile == 0) {
          IndexPart all = IndexPart.concatenated(leaving);
          leaving.clear();
          byte[] file = IndexPart.encode(LedgerFile.Kind.HISTORY, nonce, all);
          put(store, run.name(part / partsOfFile), file);
        }
      }
    }
    return true;
  }

  /** The history is there before anything is forgotten. */
  private void leave(Start start, List<HistoryRun> history) {
    if (start.leavingRows() == 0) {
      return;
    }
    synchronized (state) {
      state.history().replace(history);
      state.retention().left(start.leaving());
    }
    for (int shard = 0; shard < 1 << ObjectIndex.SHARD_BITS; shard++) {
      synchronized (state) {
        state.index().forget(shard, start.leaving().ordinal());
      }
    }
  }

  /** Writes a file whose name is this snapshot's alone. */
  static void put(PatientStore store, String name, byte[] file) {
    if (!store.putIfAbsent(name, file)) {
      throw new LedgerException(
          "%s has a file %s that is not this snapshot's".formatted(store.location(), name));
    }
  }
}
