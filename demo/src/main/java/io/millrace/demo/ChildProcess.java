package io.millrace.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of our own that ends with this one: it watches its standard input, which we hold. */
final class ChildProcess implements Running, AutoCloseable {
  /** How long a process may take to end when it is asked to. */
  static final Duration END_LIMIT = Duration.ofSeconds(15);

  private static final int LOG_LINES = 15;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param name what it is called in messages
   * @param arguments of java
   * @param log takes its standard error, and its standard output as well unless {@code output} does
   * @param output takes its standard output
   */
  static ChildProcess start(
      String name, List<String> arguments, Map<String, String> environment, Path log, Path output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectError(Redirect.appendTo(log.toFile()));
    if (output.equals(log)) {
      builder.redirectErrorStream(true);
    }
    builder.redirectOutput(Redirect.appendTo(output.toFile()));
    return new ChildProcess(name, builder.start(), log);
  }

  @Override
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status, once it has ended by itself. */
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** That it ended although it should not, with the last it said. */
  @Override
  public DemoException failure() {
    return new DemoException(
        "the %s ended with status %d; its log %s ends with:%n%s"
            .formatted(name, process.exitValue(), log, lastLines()));
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(it can't be read: " + e + ")";
    }
  }

  /** SIGKILL, and the end of it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, and ends it by force where it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
