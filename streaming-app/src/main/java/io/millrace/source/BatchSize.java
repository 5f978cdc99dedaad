package io.millrace.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How large the next batch may be so that it takes the target duration, by how fast the last ones
 * went.
 *
 * <p>Sizes are in bytes, and each object counts as some bytes more: what opening it costs. So tiny
 * objects are judged as large ones are. Of the target, what the batches take besides their
 * conversion is spent already, but never more than half: where a commit takes longer than the
 * target, batches are as long as two of it rather than nothing but commits.
 *
 * <p>The speed is what the last batches did together, each counting half as much as the next, and
 * less where the next took longer than the target. It lies between the slowest and the fastest of
 * them, so sizes follow a change within a few batches and don't swing around what they come to. A
 * batch that is small because nothing more waited seems slow; the next ones may then be too small
 * for a while, never too large. For several threads.
 */
public final class BatchSize {
  /** How much larger a batch may be than the largest of the last ones, whatever their speed. */
  static final int MAX_GROWTH = 4;

  private final double targetSeconds;
  private final long bytesAnObject;
  private final LongSupplier leastBytes;
  private double bytes;
  private double seconds;
  private double overheadSeconds;
  private double largest;

  /**
   * @param bytesAnObject what an object costs besides its own bytes
   * @param leastBytes what a batch may always have: so much that every core has something to do, as
   *     less would take as long
   */
  public BatchSize(Duration target, long bytesAnObject, LongSupplier leastBytes) {
    if (target.toMillis() < 1) {
      throw new IllegalArgumentException("target must be 1 ms at least, not " + target);
    }
    if (bytesAnObject < 0) {
      throw new IllegalArgumentException("bytesAnObject must not be " + bytesAnObject);
    }
    this.targetSeconds = target.toMillis() / 1e3;
    this.bytesAnObject = bytesAnObject;
    this.leastBytes = requireNonNull(leastBytes, "leastBytes");
  }

  /** Of a stream whose batches take as long as they take. */
  static BatchSize unlimited() {
    return new BatchSize(Duration.ofMillis(1), 0, () -> Long.MAX_VALUE);
  }

  /**
   * A batch that was converted.
   *
   * @param batchObjects objects that were read, 1 at least, and {@code batchBytes} in them
   * @param converting how long reading and converting them took
   * @param total how long the batch took, that included
   */
  public synchronized void observe(
      long batchObjects, long batchBytes, Duration converting, Duration total) {
    double cost = batchBytes + (double) batchObjects * bytesAnObject;
    double conversion = Math.max(1, converting.toMillis()) / 1e3;
    double overhead = Math.max(0, total.toMillis() / 1e3 - conversion);
    double kept = Math.pow(0.5, Math.max(1, conversion / targetSeconds));
    overheadSeconds = seconds == 0 ? overhead : overheadSeconds * kept + overhead * (1 - kept);
    bytes = bytes * kept + cost;
    seconds = seconds * kept + conversion;
    largest = Math.max(largest / 2, cost);
  }

  /** What the next batch may have, its objects counted as {@link #bytesAnObject} each. */
  public synchronized long maxBytes() {
    long least = Math.max(1, leastBytes.getAsLong());
    if (seconds == 0) {
      return least;
    }
    double budget = Math.max(targetSeconds - overheadSeconds, overheadSeconds);
    double suited = bytes / seconds * budget;
    return Math.max(least, (long) Math.min(suited, largest * MAX_GROWTH));
  }

  long bytesAnObject() {
    return bytesAnObject;
  }
}
