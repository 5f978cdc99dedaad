package io.millrace.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/configuration.md");

  @Test
  void theReferenceHasARowForEveryKeyAsTheCodeHasIt() throws IOException {
    List<String> rows =
        Files.readAllLines(REFERENCE).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows)
        .containsExactlyElementsOf(Keys.ALL.stream().map(ConfigurationReferenceTest::row).toList());
  }

  private static String row(Key<?> key) {
    return "| `%s` | %s | %s | %s |"
        .formatted(key.name(), key.type().name(), key.standardText(), key.meaning());
  }
}
