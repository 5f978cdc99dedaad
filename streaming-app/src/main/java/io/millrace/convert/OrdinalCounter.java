package io.millrace.convert;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Counts something for each arrival over the tasks of a job.
 *
 * <p>Spark's own accumulators add up what comes back twice for one task, from a retry after a lost
 * executor or a speculative twin. Here a task's counts replace an earlier report of the same task:
 * both are of the same bytes.
 */
final class OrdinalCounter extends AccumulatorV2<Long, Map<Long, Long>> {
  private static final long serialVersionUID = 1;

  /** By task, by ordinal. Concurrent, since heartbeats read it while the task counts. */
  private final ConcurrentHashMap<Long, ConcurrentHashMap<Long, AtomicLong>> counts =
      new ConcurrentHashMap<>();

  /** Counts one for the arrival. */
  @Override
  public void add(Long ordinal) {
    add(ordinal, 1);
  }

  /** Within a task only. */
  void add(long ordinal, long count) {
    counts
        .computeIfAbsent(task(), t -> new ConcurrentHashMap<>())
        .computeIfAbsent(ordinal, o -> new AtomicLong())
        .addAndGet(count);
  }

  /** The sums by ordinal; ordinals that nothing was counted for are absent. */
  @Override
  public Map<Long, Long> value() {
    Map<Long, Long> sums = new TreeMap<>();
    for (Map<Long, AtomicLong> ofTask : counts.values()) {
      ofTask.forEach((ordinal, count) -> sums.merge(ordinal, count.get(), Long::sum));
    }
    return sums;
  }

  @Override
  public boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public OrdinalCounter copy() {
    OrdinalCounter copy = new OrdinalCounter();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    counts.clear();
  }

  @Override
  public void merge(AccumulatorV2<Long, Map<Long, Long>> other) {
    counts.putAll(((OrdinalCounter) other).counts);
  }

  private static long task() {
    TaskContext context = TaskContext.get();
    return (long) context.stageId() << Integer.SIZE | context.partitionId();
  }
}
