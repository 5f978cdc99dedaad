package io.millrace.benchmarks.compare;

/**
 * What a peer wrote.
 *
 * @param bytes of all Parquet files
 */
record Output(ResultChecksum checksum, long bytes) {}
