package io.millrace.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The application's JVM options, as arguments of java. */
  List<String> applicationOptions() {
    List<String> options = new ArrayList<>();
    options.add("@" + applicationBuild().resolve("jvm-options"));
    Path classes = applicationBuild().resolve("class-archive").resolve("application.jsa");
    if (Files.exists(classes)) {
      options.add("-XX:SharedArchiveFile=" + classes); // left by the application's tests
    }
    return options;
  }

  /** How the application logs. */
  Path applicationLogging() {
    return root.resolve("streaming-app").resolve("conf").resolve("log4j2.properties");
  }

  /** Everything that the application needs, Spark included; first the jars of others. */
  String applicationClassPath() {
    Path target = applicationBuild();
    try {
      String dependencies = Files.readString(target.resolve("classpath"));
      Map<Boolean, List<String>> entries =
          Stream.of(dependencies.split(File.pathSeparator))
              .collect(Collectors.partitioningBy(Checkout::isOfOthers));
      List<String> all = new ArrayList<>(entries.get(true));
      all.add(target.resolve("classes").toString());
      all.addAll(entries.get(false));
      return String.join(File.pathSeparator, all);
    } catch (IOException e) {
      throw new DemoException(
          "the application is not built: there is no class path in " + target, e);
    }
  }

  /** Whether it is not built here. */
  private static boolean isOfOthers(String entry) {
    return entry.endsWith(".jar") && !Path.of(entry).getParent().endsWith("target");
  }

  private Path applicationBuild() {
    return root.resolve("streaming-app").resolve("target");
  }
}
