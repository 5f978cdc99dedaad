/**
 * Records by column to Parquet files: the encoder of the hot path.
 *
 * <p>{@link io.millrace.parquet.ParquetFileWriter} takes {@link io.millrace.vector.RecordBatch}es
 * and writes one file. Knows types and vectors; knows neither JSON nor where files lie. Not safe
 * for several threads.
 *
 * <p>What is written, and why, is in docs/concepts/parquet-output.md.
 */
@NullMarked
package io.millrace.parquet;

import org.jspecify.annotations.NullMarked;
