package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.convert.ConversionSettings;
import io.millrace.convert.MetadataColumn;
import io.millrace.convert.QuarantineLayout;
import io.millrace.convert.RowLayout;
import io.millrace.convert.Schemas;
import io.millrace.convert.SparkEngine;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.OnOverwrite;
import io.millrace.sink.BatchPlan;
import io.millrace.sink.BatchProtocol;
import io.millrace.sink.BatchReport;
import io.millrace.sink.DeltaTableSink;
import io.millrace.sink.StreamId;
import io.millrace.sink.TableSpec;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Everything between a batch of arrivals and the tables. */
final class StreamOutput {
  private final AppConfig config;
  private final SparkSession spark;
  private final RowLayout layout;

  private StreamOutput(AppConfig config, SparkSession spark, RowLayout layout) {
    this.config = config;
    this.spark = spark;
    this.layout = layout;
  }

  /**
   * Reads the schema, and lays the rows out; touches no table.
   *
   * @throws OperatorException where schema, projection and partition columns do not go together
   */
  static StreamOutput plan(AppConfig config, SparkSession spark) throws IOException {
    AppConfig.Table table = config.table();
    try {
      StructType schema = schema(config, spark.sparkContext().hadoopConfiguration());
      RowLayout layout =
          RowLayout.of(
              spark,
              schema,
              config.conversion().projection(),
              table.timestampColumn(),
              table.dateColumn(),
              table.hourColumn(),
              metadata(table));
      return new StreamOutput(config, spark, layout);
    } catch (IllegalArgumentException e) {
      throw new OperatorException("the configuration can't be used: " + e.getMessage(), e);
    }
  }

  /** Opens the tables, or creates them. */
  BatchProtocol open(Ledger ledger, InstantSource clock, Consumer<BatchReport> reports)
      throws IOException {
    StreamId stream = new StreamId(config.stream(), ledger.id());
    DeltaTableSink table =
        DeltaTableSink.openOrCreate(
            spark,
            new TableSpec(config.table().path(), layout.tableSchema(), layout.partitionColumns()),
            stream);
    if (config.ledger().onOverwrite() == OnOverwrite.REPLACE) {
      table.requireReplaceable();
    }
    DeltaTableSink quarantine =
        DeltaTableSink.openOrCreate(
            spark,
            new TableSpec(
                config.table().quarantinePath(),
                QuarantineLayout.schema(),
                QuarantineLayout.partitionColumns()),
            stream);
    AppConfig.Conversion conversion = config.conversion();
    ConversionSettings settings =
        new ConversionSettings(
            config.timeZone(),
            conversion.splitBytes(),
            conversion.maxRecordBytes(),
            conversion.maxKeptRecordBytes());
    SparkEngine engine =
        new SparkEngine(spark, config.objectStore(), layout, settings, table, quarantine);
    BatchPlan plan = new BatchPlan(ledger, config.ledger().onOverwrite());
    return new BatchProtocol(ledger, plan, engine, table, quarantine, clock, reports);
  }

  private static StructType schema(AppConfig config, Configuration hadoop) throws IOException {
    String inline = config.schema();
    if (inline != null) {
      return Schemas.parse(inline);
    }
    String file = config.schemaFile();
    if (file == null) {
      throw new IllegalStateException("a configuration has a schema or a schema file");
    }
    return Schemas.load(file, hadoop);
  }

  private static List<MetadataColumn> metadata(AppConfig.Table table) {
    return table.metadataColumns().stream()
        .map(name -> MetadataColumn.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }
}
