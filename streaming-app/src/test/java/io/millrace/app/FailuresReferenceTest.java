package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailuresReferenceTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  private static final Path ROOT = Path.of("..");

  @Test
  void everyTestThatTheDocumentationNamesIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String page : List.of("docs/reference/failures.md", "docs/guarantees.md")) {
      Matcher matcher = NAMED.matcher(Files.readString(ROOT.resolve(page)));
      while (matcher.find()) {
        String source = sources.getOrDefault(matcher.group(1), "");
        String method = matcher.group(2);
        if (method == null ? source.isEmpty() : !source.contains("void " + method + "(")) {
          missing.add(page + ": " + matcher.group());
        }
        named++;
      }
    }

    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(60);
  }

  /** Of all modules, by the class's name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/src/test/java/.*Test\\.java")).toList()) {
        String name = file.getFileName().toString();
        sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
    }
    return sources;
  }
}
