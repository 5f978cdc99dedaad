package io.millrace.localstack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds what the build made of the server: its classes and the class path beside them. */
final class ServerDirectory {
  static final String PROPERTY = "millrace.localstack.server";

  private static final Path BELOW_THE_ROOT = Path.of("local-stack", "server", "target");

  private final Path directory;

  private ServerDirectory(Path directory) {
    this.directory = directory;
  }

  /** The directory that the system property names, or else the one of the checkout around us. */
  static ServerDirectory find() {
    return find(System.getProperty(PROPERTY), Path.of("").toAbsolutePath());
  }

  static ServerDirectory find(@Nullable String property, Path workingDirectory) {
    if (property != null) {
      return checked(Path.of(property));
    }
    for (Path above = workingDirectory; above != null; above = above.getParent()) {
      if (Files.isRegularFile(above.resolve(BELOW_THE_ROOT).resolve("classpath"))) {
        return new ServerDirectory(above.resolve(BELOW_THE_ROOT));
      }
    }
    throw new LocalStackException(
        "there is no "
            + BELOW_THE_ROOT
            + " above "
            + workingDirectory
            + "; build it with: mvn -DskipTests package -pl local-stack/server -am");
  }

  /** The class path of the server process. */
  String classPath() {
    try {
      return classes() + File.pathSeparator + Files.readString(directory.resolve("classpath"));
    } catch (IOException e) {
      throw new LocalStackException("cannot read the server's build in " + directory, e);
    }
  }

  /** Classes rather than the jar, which is the older of the two after an unfinished build. */
  private Path classes() throws IOException {
    Path classes = directory.resolve("classes");
    if (Files.isDirectory(classes)) {
      return classes;
    }
    try (var jars = Files.newDirectoryStream(directory, "local-stack-server-*.jar")) {
      return jars.iterator().next();
    }
  }

  private static ServerDirectory checked(Path directory) {
    if (!Files.isRegularFile(directory.resolve("classpath"))) {
      throw new LocalStackException(
          PROPERTY
              + " is "
              + directory
              + ", which has no file classpath; build it with: mvn -DskipTests package -pl"
              + " local-stack/server -am");
    }
    return new ServerDirectory(directory);
  }
}
