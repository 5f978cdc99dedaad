package io.millrace.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.input.DecompressionLimits;
import io.millrace.input.ReadAhead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The main class of {@code ./millrace convert} with this library's own engine. */
public final class ConvertMain {
  /** Set by the script where standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "millrace.terminal";

  private ConvertMain() {}

  /** Converts, and exits with the status that {@code --help} tells. */
  public static void main(String[] args) {
    System.exit(runUntilSignal(args, Map.of()));
  }

  /**
   * Converts as {@link #run} does on this process's streams; a signal to end ends the conversion
   * before the process, as a failure would.
   */
  public static int runUntilSignal(String[] args, Map<String, ConvertEngine> otherEngines) {
    SignalToEnd signal = SignalToEnd.toThisThread();
    try {
      return run(args, otherEngines, System.out, System.err);
    } finally {
      signal.disarm();
    }
  }

  /**
   * Converts.
   *
   * @param otherEngines by their names, besides {@code direct}
   * @param out takes the line of JSON, and help
   * @param err takes all else
   * @return the exit status
   */
  public static int run(
      String[] args, Map<String, ConvertEngine> otherEngines, PrintStream out, PrintStream err) {
    ResultLine resultLine = new ResultLine(out, List.of(args).contains("--json"));
    Map<String, ConvertEngine> engines = new TreeMap<>(otherEngines);
    engines.put(
        ConvertCommand.DIRECT,
        new DirectEngine(ReadAhead.defaults(), DecompressionLimits.defaults()));
    ConvertCommand command =
        new ConvertCommand(engines, resultLine, err, Boolean.getBoolean(TERMINAL_PROPERTY));
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setParameterExceptionHandler(
            (exception, arguments) -> {
              String message = String.valueOf(exception.getMessage());
              err.println(message);
              err.println("see millrace convert --help");
              resultLine.printError(message);
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              String message = message(exception);
              err.println(message);
              if (!(exception instanceof IOException || isInterruption(exception))) {
                exception.printStackTrace(err);
              }
              resultLine.printError(message);
              return ExitCode.SOFTWARE;
            })
        .execute(args);
  }

  /** Interrupted channels and streams have exceptions of their own, but leave the flag set. */
  private static boolean isInterruption(Exception e) {
    return e instanceof InterruptedException
        || e instanceof InterruptedIOException
        || Thread.currentThread().isInterrupted();
  }

  private static String message(Exception e) {
    if (isInterruption(e)) {
      return "stopped before the end; no file is left";
    }
    String message = e.getMessage();
    return e instanceof IOException && message != null ? message : String.valueOf(e);
  }
}
