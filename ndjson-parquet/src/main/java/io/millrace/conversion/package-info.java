/**
 * Conversion of NDJSON to Parquet files, from splits of objects to what lies in a directory.
 *
 * <p>{@link io.millrace.conversion.SplitConverter} is one task's work, for one thread, and knows of
 * no other; {@link io.millrace.conversion.ParallelConversion} shares splits among threads. All
 * memory is bounded by {@link io.millrace.conversion.ConversionOptions}; there is no static state.
 */
@NullMarked
package io.millrace.conversion;

import org.jspecify.annotations.NullMarked;
