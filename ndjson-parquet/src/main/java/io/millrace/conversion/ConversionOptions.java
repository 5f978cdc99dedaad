package io.millrace.conversion;

import static java.util.Objects.requireNonNull;

import io.millrace.ndjson.ReaderOptions;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion makes of records, within which limits.
 *
 * @param schema of the records
 * @param partitioning null for one directory
 * @param targetFileBytes at which a file is finished and another begun
 * @param maxOpenWriters how many files a task has open at once; over it, the one that has waited
 *     longest is finished
 * @param writerMemoryBytes about how many bytes a task's open files may together have on the heap,
 *     for row groups that are not full yet and for dictionaries; over it, likewise, and a single
 *     file ends its row group
 * @param maxMalformedRatio of malformed records to all of a split; over it, the conversion fails
 */
public record ConversionOptions(
    Type.Struct schema,
    ReaderOptions reader,
    ParquetOptions parquet,
    @Nullable Partitioning partitioning,
    long targetFileBytes,
    int maxOpenWriters,
    long writerMemoryBytes,
    double maxMalformedRatio) {
  public static final long DEFAULT_TARGET_FILE_BYTES = 256L << 20;

  /** A day and some. */
  public static final int DEFAULT_MAX_OPEN_WRITERS = 32;

  public static final long DEFAULT_WRITER_MEMORY_BYTES = 192L << 20;

  /** No limit: each malformed record is quarantined. */
  public static final double DEFAULT_MAX_MALFORMED_RATIO = 1;

  /** Before so many records of a split, the ratio says nothing. */
  static final long RATIO_FROM_RECORDS = 1000;

  public ConversionOptions {
    requireNonNull(schema, "schema");
    requireNonNull(reader, "reader");
    requireNonNull(parquet, "parquet");
    require(targetFileBytes >= 1, "targetFileBytes", targetFileBytes, "positive");
    require(maxOpenWriters >= 1, "maxOpenWriters", maxOpenWriters, "positive");
    require(writerMemoryBytes >= 1, "writerMemoryBytes", writerMemoryBytes, "positive");
    require(
        maxMalformedRatio >= 0 && maxMalformedRatio <= 1,
        "maxMalformedRatio",
        maxMalformedRatio,
        "from 0 to 1");
    if (partitioning != null) {
      partitioning.columnIndex(schema);
    }
  }

  /** The defaults for a schema, in one directory. */
  public static ConversionOptions of(Type.Struct schema) {
    return new ConversionOptions(
        schema,
        ReaderOptions.defaults(),
        ParquetOptions.defaults(),
        null,
        DEFAULT_TARGET_FILE_BYTES,
        DEFAULT_MAX_OPEN_WRITERS,
        DEFAULT_WRITER_MEMORY_BYTES,
        DEFAULT_MAX_MALFORMED_RATIO);
  }

  public ConversionOptions withSchema(Type.Struct newSchema) {
    return new ConversionOptions(
        newSchema,
        reader,
        parquet,
        partitioning,
        targetFileBytes,
        maxOpenWriters,
        writerMemoryBytes,
        maxMalformedRatio);
  }

  public ConversionOptions withReader(ReaderOptions newReader) {
    return new ConversionOptions(
        schema,
        newReader,
        parquet,
        partitioning,
        targetFileBytes,
        maxOpenWriters,
        writerMemoryBytes,
        maxMalformedRatio);
  }

  public ConversionOptions withParquet(ParquetOptions newParquet) {
    return new ConversionOptions(
        schema,
        reader,
        newParquet,
        partitioning,
        targetFileBytes,
        maxOpenWriters,
        writerMemoryBytes,
        maxMalformedRatio);
  }

  public ConversionOptions withPartitioning(@Nullable Partitioning newPartitioning) {
    return new ConversionOptions(
        schema,
        reader,
        parquet,
        newPartitioning,
        targetFileBytes,
        maxOpenWriters,
        writerMemoryBytes,
        maxMalformedRatio);
  }

  /** The same with other limits of files. */
  public ConversionOptions withFiles(
      long newTargetFileBytes, int newMaxOpenWriters, long newWriterMemoryBytes) {
    return new ConversionOptions(
        schema,
        reader,
        parquet,
        partitioning,
        newTargetFileBytes,
        newMaxOpenWriters,
        newWriterMemoryBytes,
        maxMalformedRatio);
  }

  public ConversionOptions withMaxMalformedRatio(double newMaxMalformedRatio) {
    return new ConversionOptions(
        schema,
        reader,
        parquet,
        partitioning,
        targetFileBytes,
        maxOpenWriters,
        writerMemoryBytes,
        newMaxMalformedRatio);
  }

  private static void require(boolean valid, String name, Number value, String rule) {
    if (!valid) {
      throw new IllegalArgumentException("%s is %s and must be %s".formatted(name, value, rule));
    }
  }
}
