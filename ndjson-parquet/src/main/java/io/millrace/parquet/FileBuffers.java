package io.millrace.parquet;

import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;

/** What a file needs in memory while it is written, and the next one can use. */
final class FileBuffers implements AutoCloseable {
  private final PageFormat format;
  private final ColumnTree columns;
  private final RecordBatch selection;

  FileBuffers(Type.Struct schema, ParquetOptions options, Blocks.Pool pool) {
    this.format = new PageFormat(options.codec(), options.encodings());
    this.columns = new ColumnTree(schema, options, format, pool);
    this.selection = new RecordBatch(schema);
  }

  ColumnTree columns() {
    return columns;
  }

  /** Room for some rows of a batch. */
  RecordBatch selection() {
    return selection;
  }

  /** Frees the compressor's native memory. */
  @Override
  public void close() {
    format.close();
  }
}
