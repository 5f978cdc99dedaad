package io.millrace.app;

import io.millrace.sink.BatchProtocol;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code foreachBatch} calls: takes of Spark's batch only where it ends, and leaves all else
 * to the protocol.
 *
 * <p>What may mend itself is waited for inside the batch, so that an hour's outage ends neither the
 * query nor the application.
 */
final class BatchRunner implements VoidFunction2<Dataset<Row>, Long> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
  private static final long serialVersionUID = 1;

  /** After the first few failures, one in so many is logged: about once an hour. */
  static final int FAILURES_PER_LINE = 30;

  private final transient BatchProtocol protocol;
  private final transient BackOff backOff;
  private final transient BatchTries tries;
  private volatile boolean stopping;

  BatchRunner(BatchProtocol protocol, BackOff backOff, BatchTries tries) {
    this.protocol = protocol;
    this.backOff = backOff;
    this.tries = tries;
  }

  /** From now on a batch that fails is not tried again. */
  void stopRetrying() {
    stopping = true;
  }

  @Override
  public void call(Dataset<Row> arrivals, Long batchId) throws IOException, InterruptedException {
    Row last = arrivals.agg(functions.max("ordinal")).head();
    if (!last.isNullAt(0)) {
      advance(last.getLong(0));
    }
  }

  private void advance(long to) throws IOException, InterruptedException {
    while (true) {
      try {
        protocol.advance(to);
        succeeded(to);
        return;
      } catch (IOException e) {
        if (stopping || Thread.currentThread().isInterrupted()) {
          InterruptedIOException abandoned = new InterruptedIOException("the batch is abandoned");
          abandoned.initCause(e);
          throw abandoned; // Spark takes it for the stop that it is
        }
        Duration wait = backOff.failed();
        failed(to, wait, e);
        backOff.waitFor(wait);
      }
    }
  }

  private void succeeded(long to) {
    backOff.succeeded();
    tries
        .succeeded()
        .ifPresent(
            over ->
                LOG.info(
                    "the batch up to ordinal {} has succeeded after {} failures since {}",
                    to,
                    over.failures(),
                    over.since()));
  }

  /** In full the first time, then in a line: the second time, the fourth … and now and then. */
  private void failed(long to, Duration wait, IOException failure) {
    Outage outage = tries.failed(failure);
    int failures = outage.failures();
    if (failures == 1) {
      LOG.warn(
          "the batch up to ordinal {} is tried again in {}: {}",
          to,
          wait,
          outage.reason(),
          failure);
    } else if (Integer.bitCount(failures) == 1 || failures % FAILURES_PER_LINE == 0) {
      LOG.warn(
          "the batch up to ordinal {} has failed {} times since {}, and is tried again in {}: {}",
          to,
          failures,
          outage.since(),
          wait,
          outage.reason());
    }
  }
}
