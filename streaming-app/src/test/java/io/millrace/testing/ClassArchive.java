package io.millrace.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.app.Main;
import io.millrace.localstack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The third-party classes of an application's start, ready for the JVM to map (class data sharing):
 * it starts in half the time with them, and tests start it a hundred times.
 *
 * <p>Made when first asked for, in half a minute; it serves until other jars are used, and {@code
 * ./millrace demo} as well. A JVM that finds it to be of another class path does without.
 */
final class ClassArchive {
  private static final Path FOLDER = OtherJvm.TARGET.resolve("class-archive");
  private static final Path FILE = FOLDER.resolve("application.jsa");
  private static final long PATIENCE_MINUTES = 5;

  private ClassArchive() {}

  /** What a JVM is told to use it. */
  static List<String> options() {
    return Made.OPTIONS;
  }

  private static final class Made {
    static final List<String> OPTIONS = List.of("-XX:SharedArchiveFile=" + make());
  }

  private static Path make() {
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE)) {
        lock.lock(); // the tests run in several JVMs
        if (!isUsable()) {
          Path classes = FOLDER.resolve("classes");
          Path unfinished = FOLDER.resolve("unfinished.jsa");
          require(applicationThatLists(classes), "application.log");
          require(dump(classes, unfinished), "dump.log");
          Files.move(unfinished, FILE, ATOMIC_MOVE);
        }
      }
      return FILE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isUsable() throws IOException {
    return Files.exists(FILE)
        && run(
                OtherJvm.plainCommand(
                    List.of("-Xshare:on", "-XX:SharedArchiveFile=" + FILE), List.of("-version")),
                "check.log")
            == 0;
  }

  /** An object goes all the way from a real queue to a table in S3. */
  private static List<String> applicationThatLists(Path classes) throws IOException {
    LocalStack stack = LocalStack.shared();
    Landing landing =
        new Landing(stack, FOLDER).keepingStateIn("s3://" + stack.createBucket("state"));
    landing.land(1, 1);
    Path config = Files.writeString(FOLDER.resolve("landing.yaml"), landing.yaml());
    List<String> options = new ArrayList<>(OtherJvm.modest());
    options.add("-XX:DumpLoadedClassList=" + classes);
    return OtherJvm.plainCommand(
        options,
        List.of(Main.class.getName(), "run", "--exit-with-parent", "--config", config.toString()));
  }

  private static List<String> dump(Path classes, Path archive) {
    List<String> command = new ArrayList<>();
    command.add(OtherJvm.java());
    command.addAll(OtherJvm.openedPackages());
    command.addAll(OtherJvm.modest());
    command.addAll(
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + classes,
            "-XX:SharedArchiveFile=" + archive,
            "-cp",
            String.join(File.pathSeparator, OtherJvm.thirdPartyJars())));
    return command;
  }

  private static void require(List<String> command, String log) throws IOException {
    int status = run(command, log);
    if (status != 0) {
      throw new IOException("%s ended with %d: %s".formatted(command, status, FOLDER.resolve(log)));
    }
  }

  private static int run(List<String> command, String logName) throws IOException {
    Path log = FOLDER.resolve(logName);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("%s does not end: %s".formatted(command, log));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
