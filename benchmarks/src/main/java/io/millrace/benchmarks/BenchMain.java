package io.millrace.benchmarks;

import io.millrace.benchmarks.compare.BenchCommand;
import io.millrace.benchmarks.stream.ObjectsCommand;
import io.millrace.benchmarks.stream.StreamCommand;
import picocli.CommandLine;

/** The main class of {@code ./millrace bench}. */
public final class BenchMain {
  private BenchMain() {}

  /** The command with all that is below it. */
  public static CommandLine command() {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new StreamCommand())
        .addSubcommand(new ObjectsCommand())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    System.exit(command().execute(args));
  }
}
