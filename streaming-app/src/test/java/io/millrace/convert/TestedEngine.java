package io.millrace.convert;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The engines, which all do the same. */
enum TestedEngine {
  SPARK {
    @Override
    Engine of(
        SparkSession spark,
        ObjectStoreSettings store,
        RowLayout layout,
        ConversionSettings settings,
        TestTable table,
        TestTable quarantine,
        TroubleJudge judge) {
      return new SparkEngine(
          spark, store, layout, settings, table, quarantine, judge, requests(spark));
    }
  },
  DIRECT {
    @Override
    Engine of(
        SparkSession spark,
        ObjectStoreSettings store,
        RowLayout layout,
        ConversionSettings settings,
        TestTable table,
        TestTable quarantine,
        TroubleJudge judge) {
      return new DirectEngine(
          spark, store, layout, settings, table, quarantine, judge, requests(spark));
    }
  };

  abstract Engine of(
      SparkSession spark,
      ObjectStoreSettings store,
      RowLayout layout,
      ConversionSettings settings,
      TestTable table,
      TestTable quarantine,
      TroubleJudge judge);

  private static TaskRequests requests(SparkSession spark) {
    return TaskRequests.of(
        spark.sparkContext(),
        ExecutorRequests.of(spark.sparkContext()),
        spark.sparkContext().hadoopConfiguration(),
        List.of());
  }
}
