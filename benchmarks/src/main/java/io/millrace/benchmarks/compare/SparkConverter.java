package io.millrace.benchmarks.compare;

import org.apache.spark.sql.SparkSession;

/** Stock Spark: {@code spark.read.schema(…).json} to Parquet, on a local master of one thread. */
final class SparkConverter implements Converter {
  private final SparkSession spark =
      SparkSession.builder()
          .master("local[1]")
          .appName("comparison")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.session.timeZone", "UTC")
          // Microseconds as INT64, as the others write them; INT96 is Spark's default.
          .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
          .config("spark.sql.parquet.compression.codec", "zstd")
          .getOrCreate();

  @Override
  public void convert(ConversionTask task) {
    spark
        .read()
        .schema(task.schema())
        .json(task.input().toString())
        .write()
        .option("parquet.compression.codec.zstd.level", task.zstdLevel())
        .parquet(task.output().toString());
  }

  @Override
  public void close() {
    spark.stop();
  }
}
