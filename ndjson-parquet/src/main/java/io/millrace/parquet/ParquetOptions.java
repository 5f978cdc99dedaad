package io.millrace.parquet;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * How a file is written.
 *
 * @param codec for all pages; one that it does not make smaller stays as it is
 * @param pageBytes at which a page is full, before compression
 * @param pageRows at which a page is full whatever its bytes
 * @param rowGroupBytes at which a row group is full, compressed; held in memory until then
 * @param dictionaryBytes the largest dictionary of a column chunk; 0 for none
 * @param encodings which ones are used for values that no dictionary has
 * @param statisticsColumns how many leaf columns, from the first on, have minimum, maximum and null
 *     count in {@link WrittenFile#deltaStats}
 * @param fieldIds whether the fields are numbered, from 1 on, in the order of the schema, elements,
 *     keys and values of lists and maps included
 * @param keyValueMetadata for the file's footer
 * @param createdBy the application that the footer names
 */
public record ParquetOptions(
    Codec codec,
    int pageBytes,
    int pageRows,
    long rowGroupBytes,
    int dictionaryBytes,
    Encodings encodings,
    int statisticsColumns,
    boolean fieldIds,
    Map<String, String> keyValueMetadata,
    String createdBy) {
  /** Enough for compression to find what repeats. */
  public static final int DEFAULT_PAGE_BYTES = 1024 * 1024;

  /** What a page index can skip; parquet-java's figure. */
  public static final int DEFAULT_PAGE_ROWS = 20_000;

  /** Some megabytes a column, so that one ranged read of S3 is worth its latency. */
  public static final long DEFAULT_ROW_GROUP_BYTES = 64L * 1024 * 1024;

  /** What Spark writes at most, too. */
  public static final int DEFAULT_DICTIONARY_BYTES = 1024 * 1024;

  /** Delta's {@code delta.dataSkippingNumIndexedCols}. */
  public static final int DEFAULT_STATISTICS_COLUMNS = 32;

  /**
   * Tells Spark that dates are of the proleptic Gregorian calendar: without it, Spark refuses to
   * read those before 1582-10-15 and instants before 1900.
   */
  private static final Map<String, String> SPARK_CALENDAR =
      Map.of("org.apache.spark.version", "3.5.6");

  /** Understood by parquet-java's rules for telling versions. */
  public static final String DEFAULT_CREATED_BY = "millrace version 0.1.0";

  /** What readers must know. */
  public enum Encodings {
    /** Also DELTA_BINARY_PACKED and DELTA_LENGTH_BYTE_ARRAY, and pages of version 2. */
    ALL,
    /** PLAIN and dictionaries only, in pages of version 1, for readers that know no more. */
    BASIC
  }

  public ParquetOptions {
    requireNonNull(codec, "codec");
    requireNonNull(encodings, "encodings");
    requireNonNull(createdBy, "createdBy");
    keyValueMetadata = Map.copyOf(keyValueMetadata);
    require(pageBytes >= 1024, "pageBytes", pageBytes, "at least 1024");
    require(pageRows >= 1, "pageRows", pageRows, "at least 1");
    require(rowGroupBytes >= 1024, "rowGroupBytes", rowGroupBytes, "at least 1024");
    require(dictionaryBytes >= 0, "dictionaryBytes", dictionaryBytes, "0 or more");
    require(statisticsColumns >= 0, "statisticsColumns", statisticsColumns, "0 or more");
  }

  private static void require(boolean valid, String name, long value, String rule) {
    if (!valid) {
      throw new IllegalArgumentException("%s is %d and must be %s".formatted(name, value, rule));
    }
  }

  public static ParquetOptions defaults() {
    return new ParquetOptions(
        Codec.DEFAULT,
        DEFAULT_PAGE_BYTES,
        DEFAULT_PAGE_ROWS,
        DEFAULT_ROW_GROUP_BYTES,
        DEFAULT_DICTIONARY_BYTES,
        Encodings.ALL,
        DEFAULT_STATISTICS_COLUMNS,
        false,
        SPARK_CALENDAR,
        DEFAULT_CREATED_BY);
  }

  public ParquetOptions withCodec(Codec newCodec) {
    return new ParquetOptions(
        newCodec,
        pageBytes,
        pageRows,
        rowGroupBytes,
        dictionaryBytes,
        encodings,
        statisticsColumns,
        fieldIds,
        keyValueMetadata,
        createdBy);
  }

  /** The same options with other limits for pages, row groups and dictionaries. */
  public ParquetOptions withLimits(
      int newPageBytes, int newPageRows, long newRowGroupBytes, int newDictionaryBytes) {
    return new ParquetOptions(
        codec,
        newPageBytes,
        newPageRows,
        newRowGroupBytes,
        newDictionaryBytes,
        encodings,
        statisticsColumns,
        fieldIds,
        keyValueMetadata,
        createdBy);
  }

  public ParquetOptions withEncodings(Encodings newEncodings) {
    return new ParquetOptions(
        codec,
        pageBytes,
        pageRows,
        rowGroupBytes,
        dictionaryBytes,
        newEncodings,
        statisticsColumns,
        fieldIds,
        keyValueMetadata,
        createdBy);
  }

  public ParquetOptions withStatisticsColumns(int newStatisticsColumns) {
    return new ParquetOptions(
        codec,
        pageBytes,
        pageRows,
        rowGroupBytes,
        dictionaryBytes,
        encodings,
        newStatisticsColumns,
        fieldIds,
        keyValueMetadata,
        createdBy);
  }

  public ParquetOptions withFieldIds(boolean newFieldIds) {
    return new ParquetOptions(
        codec,
        pageBytes,
        pageRows,
        rowGroupBytes,
        dictionaryBytes,
        encodings,
        statisticsColumns,
        newFieldIds,
        keyValueMetadata,
        createdBy);
  }

  /** The same options with further pairs for the footer. */
  public ParquetOptions withKeyValueMetadata(Map<String, String> more) {
    Map<String, String> newKeyValueMetadata = new HashMap<>(keyValueMetadata);
    newKeyValueMetadata.putAll(more);
    return new ParquetOptions(
        codec,
        pageBytes,
        pageRows,
        rowGroupBytes,
        dictionaryBytes,
        encodings,
        statisticsColumns,
        fieldIds,
        newKeyValueMetadata,
        createdBy);
  }
}
