package io.millrace.command;

/**
 * What a conversion made.
 *
 * @param records that became rows
 * @param malformed records
 * @param bytesIn of all lines, decompressed
 * @param files of Parquet
 * @param bytesOut of all Parquet files
 */
public record ConvertResult(long records, long malformed, long bytesIn, int files, long bytesOut) {}
