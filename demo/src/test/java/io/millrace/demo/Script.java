package io.millrace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./millrace} as a shell runs it, on what the build around this test has made. */
public final class Script {
  private static final long LIMIT_SECONDS = 7200;

  private final Path script;
  private final Map<String, String> environment;

  /** The checkout's own, which must not build: the build is under way. */
  public static Script ofCheckout() {
    return new Script(
        Path.of("..").toAbsolutePath().normalize().resolve("millrace"),
        Map.of("MILLRACE_SKIP_BUILD", "1", "JAVA_HOME", System.getProperty("java.home")));
  }

  Script(Path script, Map<String, String> environment) {
    this.script = script;
    this.environment = environment;
  }

  /** What came of a command. */
  public record Result(int status, String out, String err) {}

  /** Runs to the end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-script-");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = start(out, err, arguments);
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end: " + read(err));
    }
    return new Result(process.exitValue(), read(out), read(err));
  }

  /** Starts it. */
  Process start(Path out, Path err, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
