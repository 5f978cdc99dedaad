package io.millrace.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalOutputTest {
  @TempDir private Path directory;

  @Test
  void showsNoFileUnderItsNameBeforeAllArePublished() throws IOException {
    try (LocalOutput output = new LocalOutput(directory, false)) {
      write(output, "a.parquet");
      write(output, "date=2026-01-01/b.parquet");
      assertThat(files()).noneMatch(file -> file.endsWith(".parquet"));

      output.publish();
    }

    assertThat(files()).containsExactly("a.parquet", "date=2026-01-01/b.parquet");
  }

  @Test
  void leavesNothingOfARunThatFailed() throws IOException {
    try (LocalOutput output = new LocalOutput(directory, false)) {
      write(output, "a.parquet");
      write(output, "date=2026-01-01/hour=3/b.parquet");
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryThatHoldsSomething() throws IOException {
    Files.createFile(directory.resolve("x"));

    assertThatThrownBy(() -> new LocalOutput(directory, false))
        .isInstanceOf(OutputNotEmptyException.class)
        .hasMessage(
            "%s is not empty; choose another directory, or replace what is in it with --overwrite",
            directory);
  }

  @Test
  void replacesWhatConversionsWroteAndNothingElse() throws IOException {
    for (String old :
        List.of(
            "old.parquet",
            "date=2025-01-01/old.parquet",
            "killed.parquet.unfinished",
            "_malformed/part-00000.ndjson",
            "notes.txt")) {
      Path file = directory.resolve(old);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    try (LocalOutput output = new LocalOutput(directory, true)) {
      write(output, "new.parquet");
      assertThat(files()).contains("old.parquet");
      output.publish();
    }

    assertThat(files()).containsExactly("new.parquet", "notes.txt");
    assertThat(directory.resolve("date=2025-01-01")).doesNotExist();
  }

  @Test
  void keepsWhatIsThereWhenTheRunFails() throws IOException {
    Files.createFile(directory.resolve("old.parquet"));
    try (LocalOutput output = new LocalOutput(directory, true)) {
      write(output, "new.parquet");
    }

    assertThat(files()).containsExactly("old.parquet");
  }

  private static void write(LocalOutput output, String path) throws IOException {
    try (OutputStream out = output.create(path)) {
      out.write(1);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
