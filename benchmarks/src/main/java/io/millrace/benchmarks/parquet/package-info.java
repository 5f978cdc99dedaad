/**
 * How fast columns become Parquet: {@code java -cp ... org.openjdk.jmh.Main parquet}.
 *
 * <p>Three shapes of records are made at random, as vectors, so that no parser is in the way.
 */
@NullMarked
package io.millrace.benchmarks.parquet;

import org.jspecify.annotations.NullMarked;
