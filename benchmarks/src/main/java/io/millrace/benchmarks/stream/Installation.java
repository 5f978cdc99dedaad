package io.millrace.benchmarks.stream;

import io.millrace.benchmarks.compare.Environment;
import java.nio.file.Path;

/** What the commands that start the local servers run on. */
final class Installation {
  private static final String ROOT_PROPERTY = "millrace.root";
  private static final String SERVER_PROPERTY = "millrace.localstack.server";

  private Installation() {}

  /**
   * Prints the machine and the versions, and tells the local stack where its servers lie.
   *
   * @return where Millrace's modules lie
   */
  static Path begin() {
    Path root = Path.of(System.getProperty(ROOT_PROPERTY, ".")).toAbsolutePath();
    System.setProperty(SERVER_PROPERTY, root.resolve("local-stack/server/target").toString());
    Environment.describe().forEach(line -> System.out.println("- " + line));
    System.out.println();
    return root;
  }
}
