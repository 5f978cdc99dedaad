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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One run of the command.
 *
 * @param status of exit
 * @param out standard output
 * @param err standard error
 */
record ConvertRun(int status, String out, String err) {

  /** Runs it in this process. */
  static ConvertRun here(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        ConvertMain.run(
            args, Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new ConvertRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Runs it through its main class, on a class path without Spark. */
  static ConvertRun process(Path directory, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", classPathWithoutSpark()));
    command.add(ConvertMain.class.getName());
    command.addAll(List.of(args));
    Path out = directory.resolve("stdout");
    Path err = directory.resolve("stderr");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int status = process.waitFor();
    return new ConvertRun(status, Files.readString(out), Files.readString(err));
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

  private static String classPathWithoutSpark() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !entry.contains("spark"))
        .filter(entry -> !entry.contains("hadoop"))
        .filter(entry -> !entry.contains("duckdb"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
