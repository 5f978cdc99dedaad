package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.ConfigTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config}: helps to write a stream's configuration. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Writes and checks a stream's configuration.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Init.class})
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "give check or init");
  }

  /** {@code config check}: tells every fault of a file at once. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Checks a file, its schema and its columns; asks no service.",
      exitCodeListHeading = "Exit status:%n",
      exitCodeList = {"0:the file can be used", "2:it can't; every fault is told"})
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The YAML file.")
    private Path file = Path.of("");

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "Overrides a key of the file; may be repeated.")
    private Map<String, String> overrides = Map.of();

    @Override
    public Integer call() throws IOException {
      try {
        AppConfig config = AppConfig.read(file, overrides);
        ConfigCheck.Result result = ConfigCheck.of(config);
        print(command, result.text(file));
        return ExitStatus.SUCCESS;
      } catch (ConfigException | OperatorException e) {
        command.commandLine().getErr().println(e.getMessage());
        return ExitStatus.USAGE;
      }
    }
  }

  /** {@code config init}: writes a file to begin with. */
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Writes a commented file with every key to standard output.")
  static final class Init implements Runnable {
    @Spec private CommandSpec command = CommandSpec.create();

    @Override
    public void run() {
      print(command, ConfigTemplate.text());
    }
  }

  /** Flushed: the process may end right behind it. */
  private static void print(CommandSpec command, String text) {
    PrintWriter out = command.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
