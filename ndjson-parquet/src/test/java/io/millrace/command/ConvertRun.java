package io.millrace.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run of the command.
 *
 * @param status of exit
 * @param out standard output
 * @param err standard error
 */
record ConvertRun(int status, String out, String err) {
  /** Where the build puts what the script runs. */
  private static final Path TARGET = Path.of("target");

  private static final String OUT = "stdout";
  private static final String ERR = "stderr";

  /** Runs it in this process. */
  static ConvertRun here(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        ConvertMain.run(
            args, Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new ConvertRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Runs it as {@code ./millrace convert} does. */
  static ConvertRun process(Path directory, String... args)
      throws IOException, InterruptedException {
    return ended(start(directory, List.of("-XX:TieredStopAtLevel=1"), args), directory);
  }

  /** Starts it as {@code ./millrace convert} does; its output goes to files in the directory. */
  static Process start(Path directory, List<String> jvmOptions, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    // Who builds in the background of a shell hands down that SIGINT is to be ignored.
    command.addAll(List.of("env", "--default-signal=INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + TARGET.resolve("jvm-options"));
    command.addAll(jvmOptions);
    String dependencies = Files.readString(TARGET.resolve("classpath")).strip();
    command.addAll(List.of("-cp", TARGET.resolve("classes") + File.pathSeparator + dependencies));
    command.add(ConvertMain.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve(OUT).toFile())
        .redirectError(directory.resolve(ERR).toFile())
        .start();
  }

  /** Waits for the end of what was started with the directory. */
  static ConvertRun ended(Process process, Path directory)
      throws IOException, InterruptedException {
    int status = process.waitFor();
    return new ConvertRun(
        status, Files.readString(directory.resolve(OUT)), Files.readString(directory.resolve(ERR)));
  }

  /** The number of that name in the line of JSON. */
  double number(String name) {
    int at = out.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = at;
    while (",}".indexOf(out.charAt(end)) < 0) {
      end++;
    }
    return Double.parseDouble(out.substring(at, end));
  }
}
