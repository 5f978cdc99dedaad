package io.millrace.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalToEndTest {
  private static final int RECORDS = 2_000_000;

  /** Without the compiler the input takes a minute. */
  private static final List<String> SLOWLY = List.of("-Xint");

  @TempDir private Path directory;
  private Path output;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsTheConversionAndLeavesNothingOfIt(String signal, int status) throws Exception {
    output = directory.resolve("output");

    ConvertRun run = stop(signal);

    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(output).isEmptyDirectory();
    assertThat(run.err()).isEqualTo("stopped before the end; no file is left\n");
    assertThat(run.out()).isEqualTo("{\"error\":\"stopped before the end; no file is left\"}\n");
  }

  @Test
  void aSignalLeavesTheFilesThatWereToBeReplaced() throws Exception {
    output = directory.resolve("output");
    Path old = Files.createFile(Files.createDirectories(output).resolve("old.parquet"));

    ConvertRun run = stop("TERM", "--overwrite");

    assertThat(run.status()).as(run.err()).isEqualTo(143);
    assertThat(output.toFile().listFiles()).containsExactly(old.toFile());
  }

  /** Begins a conversion with two threads, and sends the signal when both have a file open. */
  private ConvertRun stop(String signal, String... options) throws Exception {
    Path input = directory.resolve("input.ndjson");
    Files.writeString(input, "{\"id\":1,\"name\":\"a\"}\n".repeat(RECORDS));
    List<String> args = new ArrayList<>(List.of(options));
    args.addAll(List.of("--schema", "id BIGINT, name STRING", "--threads", "2", "--json"));
    args.addAll(List.of("--output", output + "", input + "", input + ""));
    Process process = ConvertRun.start(directory, SLOWLY, args.toArray(String[]::new));
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !process.isAlive() || unfinishedFiles() == 2);
      new ProcessBuilder("kill", "-" + signal, process.pid() + "").inheritIO().start().waitFor();
      return ConvertRun.ended(process, directory);
    } finally {
      process.destroyForcibly();
    }
  }

  private long unfinishedFiles() throws IOException {
    if (!Files.exists(output)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.toString().endsWith(".unfinished")).count();
    }
  }
}
