package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.SecretNames;
import io.millrace.sink.DeltaSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Makes the Spark session that a stream needs. */
final class SparkSessions {
  private static final String S3A = "org.apache.hadoop.fs.s3a.";

  /**
   * What a stream of months needs otherwise than Spark's defaults have it: they keep a thousand
   * stages with up to a hundred thousand tasks each in the driver's memory for the UI, and write a
   * Delta checkpoint of millions of files as one.
   */
  static final Map<String, String> UNLESS_SAID =
      Map.of(
          "spark.ui.retainedJobs", "200",
          "spark.ui.retainedStages", "200",
          "spark.ui.retainedTasks", "10000",
          "spark.sql.ui.retainedExecutions", "100",
          "spark.databricks.delta.checkpoint.partSize", "500000",
          "spark.databricks.delta.properties.defaults.checkpointInterval", "100");

  private SparkSessions() {}

  /**
   * Starts Spark, on the local master where neither spark-submit nor the configuration names one.
   *
   * @throws ConfigException where {@code spark-conf} contradicts what the stream relies on
   */
  static SparkSession start(AppConfig config) {
    SparkSession.Builder builder = SparkSession.builder().appName("millrace-" + config.stream());
    if (!new SparkConf().contains("spark.master")) {
      builder.master("local[*]");
    }
    builder.config("spark.ui.showConsoleProgress", "false");
    unlessSaid(new SparkConf()).forEach(builder::config);
    // Spark's own default lets its UI show keys for encryption, among others.
    builder.config("spark.redaction.regex", SecretNames.REGEX);
    config.sparkConf().forEach(builder::config);
    config.hadoopConf().forEach((name, value) -> builder.config("spark.hadoop." + name, value));
    required(config).forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    if (spark.sparkContext().isLocal()) {
      DeltaSettings.fitTo(spark, spark.sparkContext().defaultParallelism());
    }
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    // Off EMR nobody has said yet what s3:// is.
    hadoop.setIfUnset("fs.s3.impl", S3A + "S3AFileSystem");
    hadoop.setIfUnset("fs.AbstractFileSystem.s3.impl", S3A + "S3A");
    return spark;
  }

  /** Of {@link #UNLESS_SAID} what spark-submit has not said. */
  static Map<String, String> unlessSaid(SparkConf said) {
    Map<String, String> unsaid = new LinkedHashMap<>(UNLESS_SAID);
    unsaid.keySet().removeIf(said::contains);
    return unsaid;
  }

  /**
   * What the stream relies on.
   *
   * @throws ConfigException where {@code spark-conf} contradicts it
   */
  static Map<String, String> required(AppConfig config) {
    Map<String, String> required = new LinkedHashMap<>(DeltaSettings.sparkConf());
    required.put("spark.sql.session.timeZone", config.timeZone().getId());
    required.forEach((name, value) -> refuseAnother(config, name, value));
    return required;
  }

  private static void refuseAnother(AppConfig config, String name, String value) {
    String given = config.sparkConf().getOrDefault(name, value);
    if (!given.equals(value)) {
      throw new ConfigException(
          "the configuration",
          List.of(
              "spark-conf has %s=%s, but the stream relies on %s: leave it out"
                  .formatted(name, given, value)));
    }
  }
}
