package io.millrace.convert;

import io.millrace.conversion.ConversionOptions;
import io.millrace.conversion.Partitioning;
import io.millrace.input.InputBlocks;
import io.millrace.input.ReadAhead;
import io.millrace.ndjson.ReaderOptions;
import io.millrace.output.DataFiles;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.SchemaParser;
import java.io.Serializable;
import java.util.List;

/**
 * What tasks are told besides their splits; goes to the executors.
 *
 * @param schema of the records, as Spark's JSON
 * @param statisticsColumns of the table, of the first level; none for all
 */
record TaskSettings(
    ObjectStoreSettings store,
    String schema,
    RowLayout.Origin origin,
    ConversionSettings conversion,
    DataFiles table,
    List<String> statisticsColumns,
    DataFiles quarantine)
    implements Serializable {

  ConversionOptions options() {
    return ConversionOptions.of(SchemaParser.parse(schema))
        .withReader(
            ReaderOptions.defaults()
                .withTimeZone(conversion.timeZone())
                .withMaxRecordBytes(conversion.maxRecordBytes()))
        .withParquet(ParquetOptions.defaults().withStatisticsColumns(Integer.MAX_VALUE))
        .withPartitioning(
            new Partitioning(
                origin.timestampColumn(),
                conversion.timeZone(),
                origin.dateColumn(),
                origin.hourColumn()))
        .withFiles(
            conversion.targetFileBytes(),
            ConversionOptions.DEFAULT_MAX_OPEN_WRITERS,
            ConversionOptions.DEFAULT_WRITER_MEMORY_BYTES);
  }

  InputBlocks inputs() {
    return InputBlocks.withDaemons(ReadAhead.defaults(), conversion.decompression());
  }
}
