package io.millrace.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Keeps the runs of a history few: each is more than twice as large as the one after it, so that a
 * key is written again only as often as the history doubles.
 */
final class HistoryMerge {
  private final PatientStore store;
  private final History history;
  private final UUID nonce;

  HistoryMerge(PatientStore store, History history, UUID nonce) {
    this.store = store;
    this.history = history;
    this.nonce = nonce;
  }

  /**
   * Merges the last runs where it is due.
   *
   * @param snapshot names what is written
   * @param sequence the next free one of the snapshot
   * @param goOn called before each file; throws to end it
   */
  List<HistoryRun> merged(List<HistoryRun> runs, long snapshot, int sequence, Runnable goOn) {
    int from = runs.size() - 1;
    long rows = runs.get(from).rows();
    while (from > 0 && (runs.get(from - 1).rows() <= 2 * rows || from >= History.MAX_RUNS)) {
      from--;
      rows += runs.get(from).rows();
    }
    if (from == runs.size() - 1) {
      return runs;
    }
    List<HistoryRun> result = new ArrayList<>(runs.subList(0, from));
    result.add(merge(runs.subList(from, runs.size()), rows, snapshot, sequence, goOn));
    return result;
  }

  private HistoryRun merge(
      List<HistoryRun> runs, long rows, long snapshot, int sequence, Runnable goOn) {
    long newestEventMillis =
        runs.stream().mapToLong(HistoryRun::newestEventMillis).max().orElseThrow();
    int bits = IndexParts.bitsFor(rows, IndexParts.MAX_BITS);
    HistoryRun merged = new HistoryRun(snapshot, sequence, bits, rows, newestEventMillis);
    for (int part = 0; part < merged.files(); part++) {
      goOn.run();
      IndexShard all = new IndexShard();
      for (HistoryRun run : runs) {
        add(run, bits, part, all);
      }
      byte[] file = IndexPart.encode(LedgerFile.Kind.HISTORY, nonce, all.copy(0, true));
      SnapshotWriter.put(store, merged.name(part), file);
    }
    return merged;
  }

  /** Adds what the run has of keys that begin with the number {@code part} of {@code bits} bits. */
  private void add(HistoryRun run, int bits, int part, IndexShard all) {
    int from = run.bits() >= bits ? part << (run.bits() - bits) : part >> (bits - run.bits());
    int files = run.bits() >= bits ? 1 << (run.bits() - bits) : 1;
    for (int i = from; i < from + files; i++) {
      IndexPart old = history.part(run, i);
      for (int row = 0; row < old.keyCount(); row++) {
        Entry entry = old.entry(row);
        if (IndexParts.partOf(entry.key(), bits) == part) {
          all.join(entry);
        }
      }
      old.forEachVersion(
          (version, ordinal) -> {
            if (IndexParts.partOf(version, bits) == part) {
              all.add(version, ordinal);
            }
          });
    }
  }
}
