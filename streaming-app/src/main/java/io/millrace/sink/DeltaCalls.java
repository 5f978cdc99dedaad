package io.millrace.sink;

import io.millrace.convert.SparkJobs;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;

/** Delta and Spark throw what Scala lets them; this makes of it what this package's methods say. */
final class DeltaCalls {
  private DeltaCalls() {}

  /**
   * Runs the call.
   *
   * @throws SinkException for what no retry mends
   * @throws IOException for a job or a request that failed, as {@link SparkJobs#run} has it
   */
  static <T> T call(Callable<T> call) throws IOException {
    return SparkJobs.run(
        "a job of the table",
        () -> {
          try {
            return call.call();
          } catch (UnsupportedOperationException e) { // of a table feature, for one
            throw new SinkException("Delta can't serve the table: " + e.getMessage(), e);
          } catch (AnalysisException e) {
            throw new SinkException("Delta refuses the table or the rows: " + e.getMessage(), e);
          }
        });
  }
}
