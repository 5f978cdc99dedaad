package io.millrace.convert;

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
      return new SparkEngine(spark, store, layout, settings, table, quarantine, judge);
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
      return new DirectEngine(spark, store, layout, settings, table, quarantine, judge);
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
}
