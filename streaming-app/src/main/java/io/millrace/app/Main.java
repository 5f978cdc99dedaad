package io.millrace.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The application's main class, for spark-submit and for {@code ./millrace run}. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    description = "Converts NDJSON objects in S3 to a Delta table, each exactly once.",
    subcommands = {RunCommand.class, ConfigCommand.class})
public final class Main {
  private Main() {}

  /**
   * Runs a command.
   *
   * <p>Success ends by returning: YARN takes an exit from within for a failed attempt.
   */
  public static void main(String[] args) {
    int status = commandLine().execute(args);
    if (status != ExitStatus.SUCCESS) {
      System.exit(status);
    }
  }

  /** The command with all that it can do. */
  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
