package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SparkEngineTest extends EngineTest {
  SparkEngineTest() {
    super(TestedEngine.SPARK);
  }

  @Test
  void aProjectionMakesTheColumns() throws Exception {
    RowLayout layout =
        RowLayout.of(
            spark,
            Schemas.parse("id STRING, n INT, at TIMESTAMP"),
            List.of("upper(id) AS name", "n * 2 AS twice", "at"),
            "at",
            "day",
            "hr",
            List.of());

    convert(layout, 1 << 20, List.of(put("k", "{\"id\":\"ab\",\"n\":4}")));

    assertThat(written().columns()).containsExactly("name", "twice", "at", "_ordinal", "day", "hr");
    assertThat(written().select("name", "twice").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[AB,8]");
  }
}
