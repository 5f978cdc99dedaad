package io.millrace.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each cell, in a file that grows while they are run. */
final class Report {
  private final Path file;
  private final List<Result> results = new ArrayList<>();

  /**
   * What a cell came to.
   *
   * @param fired whether its faults came about
   * @param flaw null where all was well
   */
  record Result(Cell cell, boolean fired, double seconds, @Nullable String flaw) {}

  Report(Path file) throws IOException {
    this.file = file.toAbsolutePath();
    Files.writeString(file, "");
  }

  void add(Result result) {
    results.add(result);
    line(
        "%6.1f s  %s%s%s"
            .formatted(
                result.seconds(),
                result.cell().label(),
                result.fired() ? "" : "  DID NOT COME ABOUT",
                result.flaw() == null ? "" : "  WRONG: " + result.flaw()));
  }

  void line(String text) {
    try {
      Files.writeString(file, text + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Result> results() {
    return results;
  }

  @Override
  public String toString() {
    return "%d cells in %.0f s; each in %s"
        .formatted(results.size(), results.stream().mapToDouble(Result::seconds).sum(), file);
  }
}
