/**
 * How fast columns become Parquet: {@code ./millrace bench jmh parquet}.
 *
 * <p>Columns, and three shapes of records, are made at random, as vectors, so that no parser is in
 * the way.
 */
@NullMarked
package io.millrace.benchmarks.parquet;

import org.jspecify.annotations.NullMarked;
