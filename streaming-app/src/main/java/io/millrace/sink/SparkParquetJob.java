package io.millrace.sink;

import io.millrace.convert.SparkJobs;
import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;

/**
 * Writes rows with Spark's own Parquet encoder into files that are not visible yet.
 *
 * <p>Spark's usual way, through a directory of its own and renames, would show them file by file.
 */
final class SparkParquetJob implements ParquetDirectorySink.FileWriter {
  /** Session settings that Spark's encoder wants among Hadoop's. */
  private static final List<String> ENCODER_SETTINGS =
      List.of(
          "spark.sql.parquet.writeLegacyFormat",
          "spark.sql.parquet.outputTimestampType",
          "spark.sql.parquet.fieldId.write.enabled");

  private static final String CODEC = "spark.sql.parquet.compression.codec";

  private final List<String> partitionColumns;

  /**
   * @param partitionColumns the last columns of all rows
   */
  SparkParquetJob(List<String> partitionColumns) {
    this.partitionColumns = List.copyOf(partitionColumns);
  }

  @Override
  public List<OutputFile> write(Dataset<Row> rows, DataFiles files) throws IOException {
    SparkSession spark = rows.sparkSession();
    StructType schema = rows.schema();
    int dataColumns = schema.size() - partitionColumns.size();
    Column[] order =
        partitionColumns.stream().map(name -> functions.col(name)).toArray(Column[]::new);
    Dataset<Row> sorted = rows.sortWithinPartitions(order);

    Configuration encoder = spark.sessionState().newHadoopConf();
    ENCODER_SETTINGS.forEach(name -> encoder.set(name, spark.conf().get(name)));
    StructType data = new StructType(Arrays.copyOf(schema.fields(), dataColumns));
    ParquetWriteSupport.setSchema(data, encoder);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<DataFiles> place = context.broadcast(files);
    Broadcast<SerializableConfiguration> settings =
        context.broadcast(new SerializableConfiguration(encoder));
    SparkParquetTask task =
        new SparkParquetTask(
            place,
            settings,
            spark.conf().get(CODEC),
            data,
            new StructType(Arrays.copyOfRange(schema.fields(), dataColumns, schema.size())));
    try {
      return SparkJobs.run(
          "the conversion",
          () ->
              SQLExecution.withNewExecutionId(
                  sorted.queryExecution(),
                  Option.apply("write Parquet files"),
                  () -> {
                    var written =
                        sorted
                            .queryExecution()
                            .toRdd()
                            .toJavaRDD()
                            .mapPartitionsWithIndex(task, false);
                    return written.collect();
                  }));
    } finally {
      place.destroy();
      settings.destroy();
    }
  }
}
