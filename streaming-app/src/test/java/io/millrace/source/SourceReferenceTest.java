package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

class SourceReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/source.md");

  @Test
  void theReferenceHasARowForEveryColumnAsTheSchemaHasIt() throws IOException {
    assertThat(rows("## Columns").stream().map(row -> row.replaceFirst("\\|[^|]*\\|$", "|")))
        .containsExactlyElementsOf(
            Arrays.stream(ArrivalRow.SCHEMA.fields()).map(SourceReferenceTest::row).toList());
  }

  @Test
  void theReferenceHasARowForEveryMetric() throws IOException {
    assertThat(rows("## Metrics"))
        .extracting(row -> row.substring(row.indexOf('`') + 1, row.lastIndexOf('`')))
        .containsExactly(
            SourceMetrics.HEAD,
            SourceMetrics.COMMITTED,
            SourceMetrics.OBJECTS,
            SourceMetrics.BYTES,
            SourceMetrics.OLDEST_AGE);
  }

  @Test
  void theOffsetOfTheReferenceIsRead() throws IOException {
    String json =
        Files.readAllLines(REFERENCE).stream()
            .filter(line -> line.startsWith("{\"v\""))
            .findFirst()
            .orElseThrow();

    assertThat(ArrivalOffset.parse(json).json()).isEqualTo(json);
  }

  private static String row(StructField field) {
    return "| `%s` | %s | %s |"
        .formatted(
            field.name(),
            field.dataType().sql().toUpperCase(Locale.ROOT),
            field.nullable() ? "yes" : "no");
  }

  /** The rows of the table below a heading. */
  private static List<String> rows(String heading) throws IOException {
    return Files.readAllLines(REFERENCE).stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .toList();
  }
}
