package io.millrace.conversion;

import io.millrace.parquet.WrittenFile;

/**
 * A Parquet file that was written.
 *
 * @param path below the output store's root
 */
public record ConvertedFile(String path, WrittenFile file) {}
