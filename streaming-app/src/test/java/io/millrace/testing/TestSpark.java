package io.millrace.testing;

import io.millrace.localstack.LocalStack;
import io.millrace.sink.DeltaSettings;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test JVM: local, with Delta, and with the local stack's S3. */
public final class TestSpark {
  private TestSpark() {}

  /** Started when first asked for; ends with the JVM. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    static final SparkSession SESSION = start();
  }

  private static SparkSession start() {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.databricks.delta.snapshotPartitions", "2")
            // Delta would read each table anew at every commit, for this JVM is not in UTC.
            .config(
                "spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled",
                "false")
            // For the few rows of a test, to compile a query takes longer than to interpret it.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.streaming.noDataProgressEventInterval", "0");
    DeltaSettings.sparkConf().forEach(builder::config);
    LocalStack.shared()
        .hadoopConfiguration()
        .forEach((name, value) -> builder.config("spark.hadoop." + name, value));
    TestHdfs.CLIENT_SETTINGS.forEach(
        (name, value) -> builder.config("spark.hadoop." + name, value));
    return builder.getOrCreate();
  }
}
