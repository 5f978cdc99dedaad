package io.millrace.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
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

  private static Dataset<Row> nullable(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.javaRDD(), rows.schema().asNullable());
  }

  /** Only its comparisons are used: the session is that of the DataFrames. */
  private static final class Comparison extends JavaDataFrameSuiteBase {}
}
