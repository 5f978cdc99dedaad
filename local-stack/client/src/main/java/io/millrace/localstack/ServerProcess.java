package io.millrace.localstack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.localstack.control.Addresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server's JVM. It holds our end of its standard input, and ends when that closes: on {@link
 * #close}, and by the operating system's hand however this JVM ends.
 */
final class ServerProcess implements AutoCloseable {
  static final Duration START_LIMIT = Duration.ofSeconds(60);
  static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final Addresses addresses;

  private ServerProcess(Process process, Addresses addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /** Starts the server and returns when it takes requests. */
  static ServerProcess start(ServerDirectory server, LocalStackOptions options) {
    try {
      Path given = options.dataDirectory();
      Path data =
          given == null
              ? Files.createTempDirectory("millrace-local-stack-")
              : Files.createDirectories(given);
      Path log = data.resolve("server.log");
      Process process =
          command(server, options, data)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServerProcess(process, await(process, log));
    } catch (IOException e) {
      throw new LocalStackException("the local stack's server could not be started", e);
    }
  }

  Addresses addresses() {
    return addresses;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the server, in the worst case by force after {@link #STOP_LIMIT}. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProcessBuilder command(
      ServerDirectory server, LocalStackOptions options, Path data) {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-Djdk.httpclient.keepalive.timeout=20",
                "-cp",
                server.classPath(),
                "io.millrace.localstack.server.ServerMain",
                data.toString(),
                options.dataDirectory() == null ? "ephemeral" : "kept",
                Integer.toString(options.s3Port()),
                Integer.toString(options.sqsPort())));
    builder.environment().put("LC_ALL", "C.UTF-8"); // keys become file names
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  private static Addresses await(Process process, Path log) throws IOException {
    CompletableFuture<Addresses> announced =
        CompletableFuture.supplyAsync(() -> announcement(process));
    try {
      return announced.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while the local stack's server started", e);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new LocalStackException(
          "the local stack's server did not start within "
              + START_LIMIT.toSeconds()
              + " s; its log "
              + log
              + " ends with:\n"
              + end(log),
          e);
    }
  }

  private static Addresses announcement(Process process) {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    try {
      String line = lines.readLine();
      if (line == null) {
        throw new LocalStackException("the server ended before it listened");
      }
      return new JsonMapper().readValue(line, Addresses.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String end(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "(it is gone)";
    }
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }
}
