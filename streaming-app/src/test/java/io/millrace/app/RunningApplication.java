package io.millrace.app;

import static org.awaitility.Awaitility.await;

import io.millrace.app.config.AppConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** The application at work on a thread of the test's own JVM, until it is closed. */
final class RunningApplication implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StreamApplication application;
  private final CompletableFuture<Void> end;
  private final StreamingQuery query;

  private RunningApplication(
      StreamApplication application, CompletableFuture<Void> end, StreamingQuery query) {
    this.application = application;
    this.end = end;
    this.query = query;
  }

  /** Returns when its query runs. */
  static RunningApplication start(AppConfig config, SparkSession spark) throws Exception {
    StreamApplication application =
        StreamApplication.open(config, spark, null, InstantSource.system());
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                application.run();
                end.complete(null);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            "application");
    thread.start();
    await().atMost(PATIENCE).until(() -> end.isDone() || running(config, spark).count() == 1);
    if (end.isDone()) {
      end.get();
    }
    return new RunningApplication(
        application, end, running(config, spark).findFirst().orElseThrow());
  }

  StreamingQuery query() {
    return query;
  }

  @Override
  public void close() throws TimeoutException {
    application.stop();
    end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    application.close();
  }

  private static Stream<StreamingQuery> running(AppConfig config, SparkSession spark) {
    return Stream.of(spark.streams().active())
        .filter(query -> config.stream().equals(query.name()));
  }
}
