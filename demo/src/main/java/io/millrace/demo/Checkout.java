package io.millrace.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the source tree is and what the build made of it. */
final class Checkout {
  private static final String PROPERTY = "millrace.root";

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  /** What {@code ./millrace} says. */
  static Checkout ofSystemProperty() {
    String root = System.getProperty(PROPERTY);
    if (root == null) {
      throw new DemoException("the demo is started by ./millrace demo, which sets " + PROPERTY);
    }
    return new Checkout(Path.of(root));
  }

  Path root() {
    return root;
  }

  /** The build of the local servers. */
  Path localStackServer() {
    return root.resolve("local-stack").resolve("server").resolve("target");
  }

  /** The application's JVM options, as an argument of java. */
  String applicationOptions() {
    return "@" + root.resolve("streaming-app").resolve("target").resolve("jvm-options");
  }

  /** How the application logs. */
  Path applicationLogging() {
    return root.resolve("streaming-app").resolve("conf").resolve("log4j2.properties");
  }

  /** Everything that the application needs, Spark included. */
  String applicationClassPath() {
    Path target = root.resolve("streaming-app").resolve("target");
    try {
      String dependencies = Files.readString(target.resolve("classpath"));
      return String.join(
          File.pathSeparator, List.of(target.resolve("classes").toString(), dependencies));
    } catch (IOException e) {
      throw new DemoException(
          "the application is not built: there is no class path in " + target, e);
    }
  }
}
