package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.EngineKind;
import io.millrace.convert.ConversionSettings;
import io.millrace.convert.DirectEngine;
import io.millrace.convert.Engine;
import io.millrace.convert.ExecutorRequests;
import io.millrace.convert.MetadataColumn;
import io.millrace.convert.ObjectStoreSettings;
import io.millrace.convert.QuarantineLayout;
import io.millrace.convert.RowLayout;
import io.millrace.convert.Schemas;
import io.millrace.convert.SparkEngine;
import io.millrace.convert.TaskRequests;
import io.millrace.convert.TroubleJudge;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.OnOverwrite;
import io.millrace.sink.BatchPlan;
import io.millrace.sink.BatchProtocol;
import io.millrace.sink.BatchReport;
import io.millrace.sink.DeltaTableSink;
import io.millrace.sink.ParquetDirectory;
import io.millrace.sink.SinkException;
import io.millrace.sink.StreamId;
import io.millrace.sink.TableSink;
import io.millrace.sink.TableSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Everything between a batch of arrivals and the tables. */
final class StreamOutput {
  private final AppConfig config;
  private final SparkSession spark;
  private final RowLayout layout;
  private final ExecutorRequests executors;

  private StreamOutput(AppConfig config, SparkSession spark, RowLayout layout) {
    this.config = config;
    this.spark = spark;
    this.layout = layout;
    this.executors = ExecutorRequests.of(spark.sparkContext());
  }

  /**
   * Reads the schema, and lays the rows out; touches no table.
   *
   * @throws ConfigException where schema, projection and partition columns do not go together
   */
  static StreamOutput plan(AppConfig config, SparkSession spark) throws IOException {
    RowLayout layout = layout(config, spark, spark.sparkContext().hadoopConfiguration());
    return new StreamOutput(config, spark, layout);
  }

  /**
   * The same without the tables.
   *
   * @param spark may be null where there is no projection
   */
  static RowLayout layout(AppConfig config, @Nullable SparkSession spark, Configuration hadoop)
      throws IOException {
    AppConfig.Table table = config.table();
    try {
      RowLayout layout =
          RowLayout.of(
              spark,
              schema(config, hadoop),
              config.conversion().projection(),
              table.timestampColumn(),
              table.dateColumn(),
              table.hourColumn(),
              metadata(table));
      if (config.conversion().engine() == EngineKind.DIRECT) {
        layout.requireDirect();
      }
      return layout;
    } catch (IllegalArgumentException e) {
      throw new ConfigException("the configuration", List.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Looks whether the tables can be used, before anything is made or taken over.
   *
   * @return whether the main table is there already
   * @throws SinkException where one can't
   */
  boolean checkTables() throws IOException {
    boolean known =
        switch (config.table().format()) {
          case DELTA -> DeltaTableSink.check(spark, tableSpec());
          case PARQUET -> ParquetDirectory.check(tableSpec(), hadoop());
        };
    DeltaTableSink.check(spark, quarantineSpec());
    return known;
  }

  private TableSpec tableSpec() {
    return new TableSpec(config.table().path(), layout.tableSchema(), layout.partitionColumns());
  }

  private TableSpec quarantineSpec() {
    return new TableSpec(
        config.table().quarantinePath(),
        QuarantineLayout.schema(),
        QuarantineLayout.partitionColumns());
  }

  /** What executors ask storage for. */
  ExecutorRequests executors() {
    return executors;
  }

  /**
   * Opens the tables, or creates them.
   *
   * @param end bounds batches
   */
  BatchProtocol open(
      Ledger ledger, BatchPlan.End end, InstantSource clock, Consumer<BatchReport> reports)
      throws IOException {
    StreamId stream = new StreamId(config.stream(), ledger.id());
    TableSink table = openTable(stream, clock);
    DeltaTableSink quarantine = DeltaTableSink.openOrCreate(spark, quarantineSpec(), stream);
    AppConfig.Conversion conversion = config.conversion();
    ConversionSettings settings =
        new ConversionSettings(
            config.timeZone(),
            conversion.splitBytes(),
            conversion.maxRecordBytes(),
            conversion.targetFileBytes(),
            conversion.decompression(),
            config.quarantine());
    TroubleJudge judge =
        TroubleJudge.of(
            config.objectStore(), new LedgerWitnesses(ledger), config.patience(), clock);
    ObjectStoreSettings store = config.objectStore();
    TaskRequests requests =
        TaskRequests.of(
            spark.sparkContext(),
            executors,
            hadoop(),
            List.of(config.table().path(), config.table().quarantinePath()));
    Engine engine =
        switch (conversion.engine()) {
          case DIRECT ->
              new DirectEngine(spark, store, layout, settings, table, quarantine, judge, requests);
          case SPARK ->
              new SparkEngine(spark, store, layout, settings, table, quarantine, judge, requests);
        };
    BatchPlan plan = new BatchPlan(ledger, config.ledger().onOverwrite(), end);
    return new BatchProtocol(ledger, plan, engine, table, quarantine, clock, reports);
  }

  private TableSink openTable(StreamId stream, InstantSource clock) throws IOException {
    return switch (config.table().format()) {
      case DELTA -> openDelta(stream);
      case PARQUET ->
          ParquetDirectory.openOrCreate(
              tableSpec(), stream, hadoop(), config.table().abandonedAfter(), clock);
    };
  }

  private TableSink openDelta(StreamId stream) throws IOException {
    DeltaTableSink table = DeltaTableSink.openOrCreate(spark, tableSpec(), stream);
    if (config.ledger().onOverwrite() == OnOverwrite.REPLACE) {
      table.requireReplaceable();
    }
    return table;
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
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
    try {
      return Schemas.load(file, hadoop);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("schema-file: there is no file " + file, e);
    }
  }

  private static List<MetadataColumn> metadata(AppConfig.Table table) {
    return table.metadataColumns().stream()
        .map(name -> MetadataColumn.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }
}
