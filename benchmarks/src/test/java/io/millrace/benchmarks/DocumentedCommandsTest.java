package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentedCommandsTest {
  private static final String PROMPT = "$ ./millrace bench";

  @Test
  void theCommandsOfTheReferenceCanBeParsed() throws IOException {
    List<String> commands =
        Files.readAllLines(Path.of("../docs/reference/benchmarks.md")).stream()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()).strip())
            .toList();

    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      BenchMain.command().parseArgs(command.split(" +", -1));
    }
  }
}
