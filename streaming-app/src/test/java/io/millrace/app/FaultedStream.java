package io.millrace.app;

import io.millrace.app.config.AppConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The application from its start to its end in the test's JVM, whatever ends it. */
public final class FaultedStream {
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern COMMITTED =
      Pattern.compile("(?m)^millrace_committed_ordinal\\{[^}]*} (\\S+)$");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile @Nullable StreamApplication application;

  private FaultedStream() {}

  /** Starts it, and returns at once. */
  public static FaultedStream start(AppConfig config, Path progress, SparkSession spark) {
    FaultedStream stream = new FaultedStream();
    Thread thread = new Thread(() -> stream.run(config, progress, spark), "application");
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  /** Whether it has ended by itself. */
  public boolean isOver() {
    return over.isDone();
  }

  /** What ended it, if it was not asked to over. */
  public Optional<Throwable> failure() {
    return over.isCompletedExceptionally()
        ? Optional.of(over.handle((nothing, failure) -> failure).join())
        : Optional.empty();
  }

  /** The committed offset that it tells; -1 where it tells none. */
  public long committed() throws InterruptedException {
    StreamApplication running = application;
    if (running == null || running.metricsAddress().isEmpty()) {
      return -1;
    }
    InetSocketAddress address = running.metricsAddress().get();
    URI uri =
        URI.create("http://%s:%d/metrics".formatted(address.getHostString(), address.getPort()));
    try {
      String text =
          HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher matcher = COMMITTED.matcher(text);
      return matcher.find() ? (long) Double.parseDouble(matcher.group(1)) : -1;
    } catch (IOException e) {
      return -1; // it is just ending
    }
  }

  /** Ends it: as SIGTERM would, or what is left of it where it has ended already. */
  public void end() throws Exception {
    StreamApplication running = application;
    try {
      if (running != null) {
        running.stop();
      }
    } finally {
      over.handle((nothing, failure) -> null).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      StreamApplication ended = application;
      if (ended != null) {
        ended.close();
      }
    }
  }

  private void run(AppConfig config, Path progress, SparkSession spark) {
    try {
      BackOff backOff = new BackOff(() -> 0, wait -> Thread.sleep(10));
      StreamApplication opened =
          StreamApplication.open(config, spark, progress, InstantSource.system(), backOff);
      application = opened;
      opened.run();
      over.complete(null);
    } catch (Throwable e) {
      over.completeExceptionally(e);
    }
  }
}
