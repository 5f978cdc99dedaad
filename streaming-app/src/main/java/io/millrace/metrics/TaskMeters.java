package io.millrace.metrics;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What Spark's tasks took, as executors report it with each task's end. */
final class TaskMeters extends SparkListener {
  private final AtomicLong succeeded = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong runMillis = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();

  TaskMeters(Meters meters) {
    meters.counter(MeterCatalog.TASKS, succeeded::get, "succeeded");
    meters.counter(MeterCatalog.TASKS, failed::get, "failed");
    meters.counter(MeterCatalog.TASK_SECONDS, () -> runMillis.get() / 1e3);
    meters.counter(MeterCatalog.TASK_CPU_SECONDS, () -> cpuNanos.get() / 1e9);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    (end.taskInfo().successful() ? succeeded : failed).incrementAndGet();
    TaskMetrics metrics = end.taskMetrics();
    if (metrics != null) { // an executor that was lost told nothing
      runMillis.addAndGet(metrics.executorRunTime());
      cpuNanos.addAndGet(metrics.executorCpuTime());
    }
  }
}
