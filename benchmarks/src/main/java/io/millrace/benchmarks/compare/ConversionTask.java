package io.millrace.benchmarks.compare;

import java.nio.file.Path;

/**
 * What a peer is asked to do.
 *
 * @param input an NDJSON file
 * @param schema DDL
 * @param output a directory that does not exist yet
 * @param zstdLevel of the Parquet pages
 */
record ConversionTask(Path input, String schema, Path output, int zstdLevel) {}
