package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DataFramesTest {

  @Test
  void theOrderOfRowsDoesNotCountAndNullsAreEqual() {
    DataFrames.assertSame(
        rows("(1, 'a'), (2, null), (2, null)"), rows("(2, null), (1, 'a'), (2, null)"));
  }

  @Test
  void aRowTooManyAnotherValueAndAnotherTypeAreSeen() {
    Dataset<Row> expected = rows("(1, 'a'), (2, null), (2, null)");

    assertDifferent(expected, rows("(1, 'a'), (2, null), (2, null), (2, null)"));
    assertDifferent(expected, rows("(1, 'a'), (1, 'a'), (2, null)"));
    assertDifferent(expected, rows("(1, 'b'), (2, null), (2, null)"));
    assertDifferent(expected, rows("(1L, 'a'), (2L, null), (2L, null)"));
    assertDifferent(expected, expected.withColumnRenamed("id", "key"));
  }

  private static void assertDifferent(Dataset<Row> expected, Dataset<Row> actual) {
    assertThatThrownBy(() -> DataFrames.assertSame(expected, actual))
        .isInstanceOf(AssertionError.class);
  }

  private static Dataset<Row> rows(String values) {
    return TestSpark.session().sql("SELECT * FROM VALUES " + values + " AS t(id, name)");
  }
}
