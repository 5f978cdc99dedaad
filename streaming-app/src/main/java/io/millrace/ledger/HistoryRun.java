package io.millrace.ledger;

/**
 * Entries that have left the working set together, or were merged: files of equal ranges of
 * fingerprints.
 *
 * @param snapshot the snapshot that wrote it
 * @param sequence 1, 2, … among that snapshot's runs
 * @param bits there are 2 to this power files; a key is in the one that its fingerprint's first
 *     bits name
 * @param rows how many keys, or older versions if they are more
 * @param newestEventMillis no arrival whose entry is here has a later event time
 */
record HistoryRun(long snapshot, int sequence, int bits, long rows, long newestEventMillis) {

  HistoryRun {
    if (snapshot < 1 || sequence < 1 || bits < 0 || bits > IndexParts.MAX_BITS || rows < 0) {
      throw new IllegalArgumentException(
          "no history: snapshot %d, sequence %d, %d bits, %d rows"
              .formatted(snapshot, sequence, bits, rows));
    }
  }

  int files() {
    return 1 << bits;
  }

  String name(int part) {
    return LedgerNames.history(snapshot, sequence, part);
  }

  /** The number of the file that has the key. */
  int partOf(Fingerprint key) {
    return IndexParts.partOf(key, bits);
  }
}
