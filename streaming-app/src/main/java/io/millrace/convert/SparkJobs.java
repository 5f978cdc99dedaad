package io.millrace.convert;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.jspecify.annotations.Nullable;

/** Spark throws what Scala lets it; this makes of it what may mend itself. */
public final class SparkJobs {
  private SparkJobs() {}

  /**
   * Runs a job and waits for it.
   *
   * @param what it does, for messages: "the conversion"
   * @throws IOException where tasks have failed as often as Spark lets them: what they read or
   *     write, or the machines that they run on, may be in order later
   * @throws IllegalStateException where the last one has failed by a defect
   */
  public static <T> T run(String what, Callable<T> job) throws IOException {
    try {
      return job.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException(what + " was interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } catch (SparkException e) {
      if (isDefect(e.getCause())) {
        throw new IllegalStateException("%s failed: %s".formatted(what, reason(e)), e);
      }
      throw new IOException("%s failed: %s".formatted(what, reason(e)), e);
    } catch (Exception e) {
      throw new IllegalStateException(what + " failed", e);
    }
  }

  private static boolean isDefect(@Nullable Throwable cause) {
    return cause instanceof Error
        || (cause instanceof RuntimeException && !(cause instanceof UncheckedIOException));
  }

  /** What the last of its tasks failed with, else the first line of what Spark says. */
  private static String reason(SparkException failure) {
    Throwable cause = failure.getCause();
    String said = String.valueOf((cause == null ? failure : cause).getMessage());
    return said.lines().findFirst().orElse(said);
  }
}
