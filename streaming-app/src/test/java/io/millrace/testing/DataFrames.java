package io.millrace.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares DataFrames with spark-testing-base, which shows the rows that differ. */
public final class DataFrames {
  private DataFrames() {}

  /**
   * Asserts that both have the same columns, in names, types and order, and the same rows, each as
   * often, in any order. Nullability of columns does not count.
   */
  public static void assertSame(Dataset<Row> expected, Dataset<Row> actual) {
    new Comparison().assertDataFrameNoOrderEquals(nullable(expected), nullable(actual));
  }

  /** Asserts that these are the rows, with values of the types that the columns have. */
  public static void assertRows(Dataset<Row> actual, Row... expected) {
    assertSame(actual.sparkSession().createDataFrame(List.of(expected), actual.schema()), actual);
  }

  private static Dataset<Row> nullable(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.javaRDD(), rows.schema().asNullable());
  }

  /** Only its comparisons are used: the session is that of the DataFrames. */
  private static final class Comparison extends JavaDataFrameSuiteBase {}
}
