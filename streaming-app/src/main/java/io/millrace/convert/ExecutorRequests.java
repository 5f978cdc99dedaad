package io.millrace.convert;

import io.millrace.request.StorageRequests;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * What executors have asked storage for, as they tell it with the end of each task, whether the
 * task succeeds, fails or is killed.
 *
 * <p>An executor always tells all that its JVM has asked for since it started. So nothing is
 * counted twice, however often and in whatever order it is told, and what belongs to a failed
 * attempt, or to a thread that outlives its task, comes with the executor's next task at the
 * latest. Lost is only what an executor asked for after its last task that ended.
 *
 * <p>On the driver for several threads; in a task for that task, while Spark's heartbeat reads it.
 */
public final class ExecutorRequests extends AccumulatorV2<ExecutorRequests.Told, StorageRequests> {
  private static final long serialVersionUID = 1;

  /**
   * Executors that are told apart: beyond, the one that has been silent longest counts as gone. An
   * application whose executors come and go for months has this many at once never.
   */
  static final int MAX_EXECUTORS = 4096;

  private final LinkedHashMap<String, StorageRequests> byExecutor =
      new LinkedHashMap<>(16, 0.75f, true);
  private StorageRequests gone = StorageRequests.NOTHING;
  private transient @Nullable StorageRequests sum;

  /**
   * What one executor says.
   *
   * @param executor Spark's id of it; no two of an application have the same
   * @param requests all that its JVM has asked for
   */
  public record Told(String executor, StorageRequests requests) {}

  /** For an application's executors, from now on. */
  public static ExecutorRequests of(SparkContext spark) {
    ExecutorRequests requests = new ExecutorRequests();
    boolean countFailedTasks = true;
    requests.register(spark, Option.empty(), countFailedTasks);
    return requests;
  }

  @Override
  public synchronized void add(Told told) {
    byExecutor.merge(told.executor(), told.requests(), StorageRequests::later);
    if (byExecutor.size() > MAX_EXECUTORS) {
      Iterator<StorageRequests> silentLongest = byExecutor.values().iterator();
      gone = gone.plus(silentLongest.next());
      silentLongest.remove();
    }
    sum = null;
  }

  @Override
  public void merge(AccumulatorV2<Told, StorageRequests> other) {
    ((ExecutorRequests) other).told().forEach((executor, all) -> add(new Told(executor, all)));
  }

  /** Of all executors together. */
  @Override
  public synchronized StorageRequests value() {
    StorageRequests known = sum;
    if (known == null) {
      known = gone;
      for (StorageRequests requests : byExecutor.values()) {
        known = known.plus(requests);
      }
      sum = known;
    }
    return known;
  }

  @Override
  public synchronized boolean isZero() {
    return byExecutor.isEmpty();
  }

  @Override
  public synchronized ExecutorRequests copy() {
    ExecutorRequests copy = new ExecutorRequests();
    copy.byExecutor.putAll(byExecutor);
    copy.gone = gone;
    return copy;
  }

  /** What goes to a task, which needs to know of nobody else. */
  @Override
  public ExecutorRequests copyAndReset() {
    return new ExecutorRequests();
  }

  @Override
  public synchronized void reset() {
    byExecutor.clear();
    gone = StorageRequests.NOTHING;
    sum = null;
  }

  private synchronized Map<String, StorageRequests> told() {
    return Map.copyOf(byExecutor);
  }

  /** Heartbeats write it while a task adds. */
  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
  }
}
