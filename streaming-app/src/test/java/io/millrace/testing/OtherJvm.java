package io.millrace.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How another JVM with the classes of this one is started: for a run of seconds, and quickly.
 *
 * <p>Its class path begins with the application's third-party jars in the order of {@code
 * target/classpath}, since {@link ClassArchive} holds their classes.
 */
public final class OtherJvm {
  static final Path TARGET = Path.of("target").toAbsolutePath();

  private static final String SEPARATOR = File.pathSeparator;

  /** Spark's, for drivers: a few rows' query takes longer to compile than to interpret. */
  private static final List<String> INTERPRETED =
      List.of("-Dspark.sql.codegen.wholeStage=false", "-Dspark.sql.codegen.factoryMode=NO_CODEGEN");

  private OtherJvm() {}

  /**
   * The command that starts a main class.
   *
   * @param options for this JVM beside those that all have
   * @param mainClass what it runs, with its arguments
   */
  public static List<String> command(List<String> options, List<String> mainClass) {
    List<String> all = new ArrayList<>(quickStart());
    all.addAll(INTERPRETED);
    all.addAll(options);
    return plainCommand(all, mainClass);
  }

  /** Options with which any JVM of this class path starts quickly. */
  public static List<String> quickStart() {
    return Stream.concat(modest().stream(), ClassArchive.options().stream()).toList();
  }

  /** Everything that is on this JVM's class path. */
  public static String classPath() {
    Set<String> entries = new LinkedHashSet<>(thirdPartyJars());
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    entries.addAll(List.of(own.split(SEPARATOR)));
    return String.join(SEPARATOR, entries);
  }

  static List<String> modest() {
    return List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  /** What the application runs on, without what is built here. */
  static List<String> thirdPartyJars() {
    try {
      return Stream.of(Files.readString(TARGET.resolve("classpath")).split(SEPARATOR))
          .filter(entry -> entry.endsWith(".jar"))
          .filter(entry -> !Path.of(entry).getParent().endsWith("target"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> plainCommand(List<String> options, List<String> mainClass) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(openedPackages());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath()));
    command.addAll(mainClass);
    return command;
  }

  static String java() {
    return ProcessHandle.current().info().command().orElseThrow();
  }

  /** Those of {@code spark.jvm.options} in the project's {@code pom.xml}. */
  static List<String> openedPackages() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }
}
