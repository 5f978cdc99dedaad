package io.millrace.plan;

import io.millrace.ledger.Arrival;
import java.util.List;

/**
 * How much of a batch a task is given, so that its file comes near the size that files should have:
 * by the ratio of Parquet's bytes to stored ones that recent batches had, each of which counts half
 * as much after {@link #HALF_LIFE_BYTES} more.
 *
 * <p>The same batch after the same batches is divided the same way. For one thread.
 */
public final class TaskSizing {
  /** Of what is read. */
  static final double HALF_LIFE_BYTES = 64L << 30;

  /** A file that would come out a little too large leaves a small rest in another one. */
  private static final double AIM = 0.9;

  private final long leastBytes;
  private final long targetFileBytes;
  private double read;
  private double written;

  /**
   * @param leastBytes what a task is given at least, if there is so much; and at first, before
   *     anything is known
   */
  public TaskSizing(long leastBytes, long targetFileBytes) {
    if (leastBytes < 1 || targetFileBytes < 1) {
      throw new IllegalArgumentException(
          "sizes must be positive: tasks of %d bytes at least, files of %d"
              .formatted(leastBytes, targetFileBytes));
    }
    this.leastBytes = leastBytes;
    this.targetFileBytes = targetFileBytes;
  }

  /** Takes note of a batch. */
  public void observe(long storedBytes, long parquetBytes) {
    double kept = Math.pow(0.5, storedBytes / HALF_LIFE_BYTES);
    read = read * kept + storedBytes;
    written = written * kept + parquetBytes;
  }

  /** Parquet's bytes for each stored one; 0 where nothing is known. */
  public double ratio() {
    return read == 0 ? 0 : written / read;
  }

  /**
   * What a task of the batch is given at most; no more than leaves something for each slot.
   *
   * @param slots how many tasks run at once
   */
  public long splitBytes(List<Arrival> arrivals, int slots) {
    long cost =
        arrivals.stream().mapToLong(a -> a.object().sizeBytes() + Planner.OPEN_COST_BYTES).sum();
    double wanted = ratio() == 0 ? leastBytes : AIM * targetFileBytes / ratio();
    double share = Math.ceil((double) cost / Math.max(1, slots));
    return Math.max(leastBytes, (long) Math.min(wanted, share));
  }
}
