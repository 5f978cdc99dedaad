package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

class QuarantineReasonReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/outcomes.md");

  @Test
  void theReferenceHasEveryReasonAsTheCodeHasIt() throws IOException {
    List<String> reasons =
        Stream.of(QuarantineReason.values())
            .map(r -> "| `%s` | %s | %s |".formatted(r.code(), r.kind().value(), r.meaning()))
            .toList();

    assertThat(rows("## Reasons")).containsExactlyElementsOf(reasons);
  }

  @Test
  void theReferenceHasEveryColumnOfTheQuarantineTable() throws IOException {
    List<String> columns =
        Stream.of(QuarantineLayout.schema().fields())
            .map(QuarantineReasonReferenceTest::begin)
            .toList();

    assertThat(rows("## The quarantine table"))
        .extracting(row -> row.substring(0, row.indexOf('|', row.indexOf('|', 1) + 1) + 1))
        .containsExactlyElementsOf(columns);
  }

  private static String begin(StructField column) {
    return "| `%s` | %s |".formatted(column.name(), column.dataType().sql());
  }

  private static List<String> rows(String heading) throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE);
    int from = lines.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    return lines.subList(from + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith("| `"))
        .toList();
  }
}
