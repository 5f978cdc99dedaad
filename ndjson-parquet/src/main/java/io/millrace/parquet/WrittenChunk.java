package io.millrace.parquet;

import java.util.Optional;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;

/**
 * A column chunk in the file.
 *
 * @param position where it begins
 * @param size in bytes
 * @param offsets where its pages lie
 * @param bounds what its pages hold, if known
 */
record WrittenChunk(
    ColumnMetaData meta,
    long position,
    long size,
    OffsetIndex offsets,
    Optional<ColumnIndex> bounds) {}
