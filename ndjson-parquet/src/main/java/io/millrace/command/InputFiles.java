package io.millrace.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that arguments stand for. */
final class InputFiles {
  private InputFiles() {}

  /**
   * Files as they are given, and all files below directories, by name; of those, none that begins
   * with a dot or an underscore, or lies below such a directory.
   *
   * @throws IOException when one is not there
   */
  static List<Path> of(List<Path> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path argument : arguments) {
      if (!Files.exists(argument)) {
        throw new NoSuchFileException(argument + " does not exist");
      }
      if (!Files.isDirectory(argument)) {
        files.add(argument);
        continue;
      }
      try (Stream<Path> below = Files.walk(argument)) {
        below
            .filter(Files::isRegularFile)
            .filter(file -> !isHidden(argument.relativize(file)))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".") || part.toString().startsWith("_")) {
        return true;
      }
    }
    return false;
  }
}
