package io.millrace.demo;

/** What the application has done so far. One thread. */
final class Progress {
  private static final double NANOS = 1e9;

  private int batches;
  private long committed;
  private long head;
  private long records;
  private long malformed;
  private long bytes;
  private double busySeconds;
  private long beganNanos;
  private long endedNanos;

  /**
   * Adds a batch.
   *
   * @param nowNanos when it was seen to be committed
   */
  void add(Batch batch, long nowNanos) {
    if (batches == 0) {
      beganNanos = nowNanos - (long) (batch.seconds() * NANOS);
    }
    endedNanos = nowNanos;
    batches++;
    committed = batch.committed();
    head = batch.head();
    records += batch.records();
    malformed += batch.malformed();
    bytes += batch.bytes();
    busySeconds += batch.seconds();
  }

  int batches() {
    return batches;
  }

  /** The ordinal that the table has reached. */
  long committed() {
    return committed;
  }

  /** Whether all of so many arrivals, and all that the ledger knows, are in the table. */
  boolean hasReached(long arrivals) {
    return committed >= Math.max(arrivals, head);
  }

  long records() {
    return records;
  }

  long malformed() {
    return malformed;
  }

  double megabytes() {
    return bytes / 1e6;
  }

  /** From the begin of the first batch to the commit of the last one. */
  double seconds() {
    return (endedNanos - beganNanos) / NANOS;
  }

  /** The batches' own seconds together. */
  double busySeconds() {
    return busySeconds;
  }
}
