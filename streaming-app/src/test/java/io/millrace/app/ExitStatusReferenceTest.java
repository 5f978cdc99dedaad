package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExitStatusReferenceTest {
  @Test
  void theReferenceHasEveryStatusAsTheCommandShowsIt() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/reference/exit-codes.md")).stream()
            .filter(line -> line.matches("\\| [0-9]+ .*"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            new CommandLine(new RunCommand())
                .getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
                    .map(code -> "| %s | %s |".formatted(code.getKey(), code.getValue()))
                    .toList());
  }
}
