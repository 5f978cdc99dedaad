package io.millrace.ledger;

/**
 * When a snapshot is due: when a start without it would read too much. Both bounds grow with the
 * snapshot, so that its cost is spread over what it saves.
 *
 * @param minSegments segments since the last one; or one for each 2,500 known keys, if more
 * @param minArrivals arrivals since the last one; or a sixteenth of the known keys, if more
 */
record SnapshotPolicy(long minSegments, long minArrivals) {
  static final long DEFAULT_MIN_SEGMENTS = 1_000;
  static final long DEFAULT_MIN_ARRIVALS = 100_000;

  /** So snapshots write some 100 kB for each segment, however small, and a start reads that few. */
  static final long KEYS_PER_SEGMENT = 2_500;

  /** So snapshots write some 640 bytes for each arrival, and a start replays that few. */
  static final long KEYS_PER_ARRIVAL = 16;

  SnapshotPolicy {
    if (minSegments < 1 || minArrivals < 1) {
      throw new IllegalArgumentException(
          "a snapshot after %d segments or %d arrivals".formatted(minSegments, minArrivals));
    }
  }

  static SnapshotPolicy defaults() {
    return new SnapshotPolicy(DEFAULT_MIN_SEGMENTS, DEFAULT_MIN_ARRIVALS);
  }

  boolean isDue(long segments, long arrivals, long knownKeys) {
    return segments >= Math.max(minSegments, knownKeys / KEYS_PER_SEGMENT)
        || arrivals >= Math.max(minArrivals, knownKeys / KEYS_PER_ARRIVAL);
  }
}
