package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentedCommandsTest {
  private static final String PROMPT = "$ ./millrace demo";

  @Test
  void theDemosOfTheDocumentationCanBeParsed() throws Exception {
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(2);
    for (String command : commands) {
      String[] arguments = ("demo " + command + " --help").strip().split(" +", -1);
      Script.Result result = Script.ofCheckout().run(arguments);
      assertThat(result.status()).as(command + ": " + result.err()).isZero();
    }
  }

  private static List<String> commands() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("../docs"))) {
      return Stream.concat(Stream.of(Path.of("../README.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .flatMap(file -> lines(file).stream())
          .filter(line -> line.startsWith(PROMPT))
          .map(line -> line.substring(PROMPT.length()).strip())
          .toList();
    }
  }

  private static List<String> lines(Path file) {
    return Script.read(file).lines().toList();
  }
}
