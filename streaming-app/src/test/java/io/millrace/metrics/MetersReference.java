package io.millrace.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of {@code docs/reference/metrics.md}. */
public final class MetersReference {
  private static final Path FILE = Path.of("../docs/reference/metrics.md");

  private MetersReference() {}

  /** The rows of both tables, cells apart. */
  static List<String[]> rows() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> line.matches("\\| `[a-z0-9_]+` .*"))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
        .toList();
  }

  /** Compares a scrape with the reference, both ways. */
  public static void assertThatAllAreTold(Map<String, String> families) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> optional = new TreeMap<>();
    for (String[] row : rows()) {
      String name = row[0].replace("`", "");
      Map<String, String> names =
          row[row.length - 1].contains("(not always)") ? optional : expected;
      names.put(name, row[1]);
      if (row[1].equals("summary") || row[1].equals("histogram")) {
        names.put(name + "_max", "gauge");
      }
    }
    Map<String, String> told = new TreeMap<>(families);
    optional.forEach(told::remove);
    assertThat(told).isEqualTo(expected);
  }
}
