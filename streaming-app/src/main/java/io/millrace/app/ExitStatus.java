package io.millrace.app;

import io.millrace.app.config.ConfigException;
import io.millrace.ledger.LedgerException;
import io.millrace.ledger.LedgerFencedException;
import io.millrace.metrics.MetricsException;
import io.millrace.queue.QueueException;
import io.millrace.sink.SinkException;
import io.millrace.source.SourceException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.jspecify.annotations.Nullable;

/**
 * What the process ends with.
 *
 * @param code its exit status
 * @param message for a person; null where a stack trace says more
 */
record ExitStatus(int code, @Nullable String message) {
  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  /** What was found at start or under way can't be worked with; to start again does not help. */
  static final int REFUSED = 3;

  /** By SIGTERM, as shells count. */
  static final int TERMINATED = 143;

  /** Errors that say themselves what to do. */
  private static final List<Class<? extends Throwable>> EXPLAINED =
      List.of(
          OperatorException.class,
          LedgerException.class,
          SinkException.class,
          SourceException.class,
          QueueException.class,
          MetricsException.class);

  /**
   * Judges a failure by its causes. Another application that took the stream over is none: YARN
   * must not start this one again to fight with it.
   */
  static ExitStatus of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Throwable cause = each;
      if (cause instanceof LedgerFencedException) {
        return new ExitStatus(SUCCESS, cause.getMessage());
      }
      if (cause instanceof ConfigException) {
        return new ExitStatus(USAGE, cause.getMessage());
      }
      if (EXPLAINED.stream().anyMatch(explained -> explained.isInstance(cause))) {
        return new ExitStatus(REFUSED, cause.getMessage());
      }
      if (cause instanceof AccessDeniedException denied && hasNoCredentials(denied)) {
        return new ExitStatus(
            REFUSED,
            ("there are no credentials for %s: run with a role (on EMR the nodes' instance profile),"
                    + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a provider in"
                    + " hadoop-conf (fs.s3a.aws.credentials.provider)")
                .formatted(denied.getFile()));
      }
      if (cause instanceof AccessDeniedException denied) {
        return new ExitStatus(
            REFUSED,
            ("access is denied: %s; the application's role needs to read, write and delete under the"
                    + " paths of ledger, checkpoint, table and quarantine")
                .formatted(denied.getMessage()));
      }
      if (cause instanceof UnknownStoreException unknown) {
        return new ExitStatus(
            REFUSED, "%s; create the bucket, or correct the path".formatted(unknown.getMessage()));
      }
      if (cause instanceof SilentQueueException) {
        return new ExitStatus(FAILURE, cause.getMessage());
      }
      if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
        return new ExitStatus(FAILURE, unreachable(cause));
      }
    }
    return new ExitStatus(FAILURE, null);
  }

  /** S3A's text has the call and the path first, and then the SDK's stack of messages. */
  private static String unreachable(Throwable failure) {
    String what = String.valueOf(failure.getMessage());
    int detail = what.indexOf(": software.amazon.awssdk.");
    return ("a host can't be reached: %s; correct the endpoint and the region (fs.s3a.endpoint and"
            + " fs.s3a.endpoint.region in hadoop-conf are those of ledger, checkpoint and tables), or"
            + " mend the network, and start again")
        .formatted(detail < 0 ? what : what.substring(0, detail));
  }

  private static boolean hasNoCredentials(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoAuthWithAWSException) {
        return true;
      }
    }
    return false;
  }
}
