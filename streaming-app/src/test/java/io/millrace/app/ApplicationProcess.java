package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.Landing;
import io.millrace.testing.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/** The application as its users run it: a JVM of its own, begun by {@link Main}. */
final class ApplicationProcess implements AutoCloseable {
  private static final Duration EXIT_LIMIT = Duration.ofMinutes(1);
  private static final Duration ARRIVAL_LIMIT = Duration.ofMinutes(3);

  /**
   * A look reads the table, which takes the processor from the applications: there is none while
   * they log nothing, as they do each commit.
   */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private static final String HEAP = "-Xmx1g";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern METRICS = Pattern.compile("are at http://127.0.0.1:(\\d+)/metrics");

  private final Process process;
  private final Path log;

  private ApplicationProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it on the landing's configuration; it ends with this JVM at the latest. */
  static ApplicationProcess start(Landing landing, Map<String, String> overrides)
      throws IOException {
    return start(landing, overrides, HEAP);
  }

  /** The same with another heap. */
  static ApplicationProcess start(Landing landing, Map<String, String> overrides, String heap)
      throws IOException {
    Path config = Files.writeString(landing.folder().resolve("landing.yaml"), landing.yaml());
    Path log = Files.createTempFile(landing.folder(), "application", ".log");
    List<String> run = new ArrayList<>();
    run.addAll(List.of(Main.class.getName(), "run", "--exit-with-parent"));
    run.addAll(List.of("--config", config.toString()));
    overrides.forEach((key, value) -> run.addAll(List.of("--set", key + "=" + value)));
    Process process =
        new ProcessBuilder(OtherJvm.command(List.of(heap), run))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new ApplicationProcess(process, log);
  }

  /** Returns when the table has each record that landed, once, and this still runs. */
  void awaitAllArrived(Landing landing, SparkSession spark) {
    AtomicReference<String> seen = new AtomicReference<>();
    await()
        .atMost(ARRIVAL_LIMIT)
        .pollInterval(LOOK_INTERVAL)
        .failFast(() -> assertThat(isAlive()).as(log()).isTrue())
        .ignoreExceptions()
        .until(
            () -> {
              String log = log();
              boolean all = !log.equals(seen.get()) && landing.rows(spark).equals(landing.landed());
              seen.set(log);
              return all;
            });
    landing.assertArrived(spark);
  }

  /** SIGKILL, and the end of it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGSTOP: it does nothing until it is woken, and knows nothing of it. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int status = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    if (status != 0) {
      throw new AssertionError("kill -" + name + " ended with " + status);
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Its exit status. */
  int awaitExit() throws InterruptedException {
    return awaitExit(EXIT_LIMIT);
  }

  /** Its exit status, of a run that may take so long. */
  int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the application does not end:\n" + log());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Where it tells metrics and health; returns when it does. */
  InetSocketAddress metricsAddress() {
    Matcher found =
        await()
            .atMost(START)
            .failFast(() -> assertThat(isAlive()).as(log()).isTrue())
            .until(() -> METRICS.matcher(log()), Matcher::find);
    int port = Integer.parseInt(found.group(1));
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
