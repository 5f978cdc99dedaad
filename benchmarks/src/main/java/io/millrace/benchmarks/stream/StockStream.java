package io.millrace.benchmarks.stream;

import static org.apache.spark.sql.functions.current_date;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.hour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The main class of the peer: what one writes with Spark alone, {@code readStream} of a prefix and
 * {@code foreachBatch} into a Delta table by date and hour, at the codec and level of Millrace.
 */
public final class StockStream {
  private StockStream() {}

  /**
   * Runs until its input ends, which the parent holds.
   *
   * @param args the stream's configuration file, and a file that gets a line for each batch
   */
  public static void main(String[] args) throws Exception {
    JsonNode yaml = new YAMLMapper().readTree(Path.of(args[0]).toFile());
    SparkSession.Builder builder =
        SparkSession.builder()
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.parquet.compression.codec", "zstd")
            .config("spark.hadoop.parquet.compression.codec.zstd.level", "1");
    yaml.required("spark-conf")
        .fields()
        .forEachRemaining(entry -> builder.config(entry.getKey(), entry.getValue().asText()));
    yaml.required("hadoop-conf")
        .fields()
        .forEachRemaining(
            entry -> builder.config("spark.hadoop." + entry.getKey(), entry.getValue().asText()));
    SparkSession spark = builder.getOrCreate();
    spark.streams().addListener(new Progress(Path.of(args[1])));
    JsonNode objects = yaml.required("objects");
    Dataset<Row> records =
        spark
            .readStream()
            .schema(yaml.required("schema").asText())
            // The local server shows what it is given under a longer name, before it is whole.
            .option("pathGlobFilter", "*.ndjson")
            .json(
                "s3://%s/%s"
                    .formatted(
                        objects.required("buckets").get(0).asText(),
                        objects.required("prefixes").get(0).asText()));
    String table = yaml.required("table").required("path").asText();
    records
        .writeStream()
        .option("checkpointLocation", yaml.required("checkpoint").asText())
        .trigger(Trigger.ProcessingTime("1 second"))
        .foreachBatch(
            (batch, id) -> {
              batch
                  .withColumn("date", current_date())
                  .withColumn("hour", hour(current_timestamp()))
                  .write()
                  .format("delta")
                  .mode(SaveMode.Append)
                  .partitionBy("date", "hour")
                  .option("txnAppId", "comparison")
                  .option("txnVersion", id)
                  .save(table);
            })
        .start();
    while (System.in.read() >= 0) {
      // The parent writes nothing.
    }
    System.exit(0);
  }

  /** Tells each batch's records, once it is committed. */
  private static final class Progress extends StreamingQueryListener {
    private final Path file;

    Progress(Path file) {
      this.file = file;
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {}

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
      if (event.progress().numInputRows() == 0) {
        return;
      }
      String line = "{\"records\":%d}%n".formatted(event.progress().numInputRows());
      try {
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
      if (event.exception().isDefined()) {
        System.err.println(event.exception().get());
        Runtime.getRuntime().halt(1);
      }
    }
  }
}
