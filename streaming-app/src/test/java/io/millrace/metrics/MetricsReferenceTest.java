package io.millrace.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {

  @Test
  void theReferenceHasARowForEveryMeterAsTheCatalogueHasIt() throws IOException {
    List<String> rows =
        MetersReference.rows().stream()
            .filter(row -> row[0].startsWith("`millrace_"))
            .map(row -> "| " + String.join(" | ", row) + " |")
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            MeterCatalog.ALL.stream().map(MetricsReferenceTest::row).toList());
  }

  @Test
  void everyMeterHasANameOfItsOwnInPrometheusForm() {
    assertThat(MeterCatalog.ALL)
        .extracting(MeterSpec::prometheusName)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("millrace(_[a-z]+)+"));
  }

  private static String row(MeterSpec spec) {
    String tags = spec.tags().isEmpty() ? "" : "`" + String.join("`, `", spec.tags()) + "`";
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            spec.prometheusName(), spec.kind().prometheus(), spec.unit(), tags, spec.meaning());
  }
}
