package io.millrace.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What a Spark session needs so that Delta tables are committed as this package means it. */
public final class DeltaSettings {
  private static final String SNAPSHOT_PARTITIONS = "spark.databricks.delta.snapshotPartitions";
  private static final int DELTA_SNAPSHOT_PARTITIONS = 50;
  private static final int TASKS_PER_SLOT = 2;

  private DeltaSettings() {}

  /** Spark settings; an operator's own must not contradict them. */
  public static Map<String, String> sparkConf() {
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    String logStore = ConditionalCreateLogStore.class.getName();
    conf.put("spark.delta.logStore.s3.impl", logStore);
    conf.put("spark.delta.logStore.s3a.impl", logStore);
    conf.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // A record must not stop the stream because it is older than 1900, or a date that Spark 2 took.
    conf.put("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    conf.put("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    // The files of a prepared batch must be those that writeFiles returned.
    conf.put("spark.databricks.delta.autoCompact.enabled", "false");
    // What is counted and skipped by; a file that can't be read is never taken for an empty one.
    conf.put("spark.databricks.delta.stats.collect", "true");
    conf.put("spark.sql.files.ignoreMissingFiles", "false");
    conf.put("spark.sql.files.ignoreCorruptFiles", "false");
    conf.put("spark.databricks.delta.schema.autoMerge.enabled", "false");
    return conf;
  }

  /**
   * Lets Delta read a table's log with as many tasks as a few cores have a use for, where nobody
   * has said how many: its own default is {@value #DELTA_SNAPSHOT_PARTITIONS}, of which each takes
   * tens of milliseconds, at every commit.
   */
  public static void fitTo(SparkSession spark, int slots) {
    if (spark.conf().getOption(SNAPSHOT_PARTITIONS).isEmpty()) {
      spark
          .conf()
          .set(SNAPSHOT_PARTITIONS, Math.min(TASKS_PER_SLOT * slots, DELTA_SNAPSHOT_PARTITIONS));
    }
  }
}
