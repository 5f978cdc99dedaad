package io.millrace.app;

import io.millrace.app.config.AppConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: runs one stream until it is done or stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a stream: converts what its queue announces into its table.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:the stream is done, or another application has taken it over",
      "1:failure; the last line of the log says why",
      "2:wrong usage, or a configuration that can't be used",
      "3:what was found can't be worked with; the last line of the log says what to do",
      "143:stopped by SIGTERM; nothing is lost"
    })
final class RunCommand implements Callable<Integer> {
  /** Before Spark's own hook, which would stop Spark under the running batch. */
  private static final int BEFORE_SPARK = 100;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The YAML file; see docs/reference/configuration.md.")
  private Path config = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the file; may be repeated.")
  private Map<String, String> overrides = Map.of();

  @Option(
      names = "--progress",
      paramLabel = "FILE",
      description = "Appends a line of JSON for each committed batch.")
  private @Nullable Path progress;

  @Option(
      names = "--exit-with-parent",
      description = "Stops when standard input ends, as it does when the parent process ends.")
  private boolean exitWithParent;

  @Override
  public Integer call() {
    try {
      run();
      return ExitStatus.SUCCESS;
    } catch (Exception e) {
      ExitStatus status = ExitStatus.of(e);
      if (status.message() == null) {
        LOG.error("the stream ends", e);
      } else {
        LOG.error("the stream ends: {}", status.message());
        LOG.debug("in full", e);
      }
      return status.code();
    }
  }

  private void run() throws Exception {
    AppConfig read = AppConfig.read(config, overrides);
    LOG.info("configuration in force:\n{}", read.effective());
    if (exitWithParent) {
      ParentWatch.start(System.in, () -> System.exit(ExitStatus.TERMINATED));
    }
    SparkSession spark = SparkSessions.start(read);
    CountDownLatch ended = new CountDownLatch(1);
    try (StreamApplication application =
        StreamApplication.open(read, spark, progress, InstantSource.system())) {
      Duration atMost = read.shutdownTimeout().plus(CLOSE_LIMIT);
      ShutdownHookManager.get()
          .addShutdownHook(
              () -> stop(application, ended),
              BEFORE_SPARK,
              atMost.toMillis(),
              TimeUnit.MILLISECONDS);
      application.run();
    } finally {
      ended.countDown();
      spark.stop();
    }
  }

  private static void stop(StreamApplication application, CountDownLatch ended) {
    LOG.info("asked to stop");
    try {
      application.stop();
      if (!ended.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the stream does not end in time; nothing is lost by that");
      }
    } catch (TimeoutException e) {
      LOG.warn("the query does not end in time; nothing is lost by that", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
