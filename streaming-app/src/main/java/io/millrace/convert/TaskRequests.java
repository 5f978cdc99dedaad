package io.millrace.convert;

import io.millrace.request.ProcessRequests;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a task tell at its end what its executor has asked storage for. In the driver's own JVM, as
 * on a local master, it tells nothing: the driver counts that for itself.
 *
 * @param executors takes it
 * @param hadoop finds the tables' file systems, which count for themselves
 * @param tables their directories
 */
public record TaskRequests(
    ExecutorRequests executors, Broadcast<SerializableConfiguration> hadoop, List<String> tables)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRequests.class);

  public TaskRequests {
    tables = List.copyOf(tables);
  }

  /** For tasks that write into these tables. */
  public static TaskRequests of(
      SparkContext spark, ExecutorRequests executors, Configuration hadoop, List<String> tables) {
    return new TaskRequests(
        executors,
        JavaSparkContext.fromSparkContext(spark).broadcast(new SerializableConfiguration(hadoop)),
        tables);
  }

  /** To be called in a task, before it does anything that it has to clean up. */
  void tellAtEnd() {
    if (!SparkEnv.get().executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
      TaskCompletionListener tell = context -> tell(SparkEnv.get().executorId());
      TaskContext.get().addTaskCompletionListener(tell);
    }
  }

  private void tell(String executor) {
    List<FileSystem> files = new ArrayList<>();
    for (String table : tables) {
      try {
        files.add(new Path(table).getFileSystem(hadoop.value().value()));
      } catch (IOException | RuntimeException e) {
        // What the task was to do is done: not to know what it cost must not make it fail.
        LOG.debug("requests to {} are not counted", table, e);
      }
    }
    executors.add(new ExecutorRequests.Told(executor, ProcessRequests.counts(files)));
  }
}
