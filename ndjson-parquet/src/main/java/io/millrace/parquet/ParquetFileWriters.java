package io.millrace.parquet;

import io.millrace.schema.Type;
import java.io.Closeable;
import java.io.OutputStream;
import java.util.ArrayDeque;

/**
 * Begins files of one schema, one after another or some at once; each takes the memory over that a
 * finished one used. For one thread.
 */
public final class ParquetFileWriters implements Closeable {
  private final Type.Struct schema;
  private final ParquetOptions options;
  private final Blocks.Pool pool = new Blocks.Pool();
  private final ArrayDeque<FileBuffers> idle = new ArrayDeque<>();
  private boolean isClosed;

  /**
   * @throws IllegalArgumentException from {@link #begin}, if Parquet cannot hold the schema: a
   *     struct has no fields
   */
  public ParquetFileWriters(Type.Struct schema, ParquetOptions options) {
    this.schema = schema;
    this.options = options;
  }

  /**
   * Begins a file.
   *
   * @param out at position 0; closed with the writer
   */
  public ParquetFileWriter begin(OutputStream out) {
    FileBuffers buffers = idle.poll();
    if (buffers == null) {
      buffers = new FileBuffers(schema, options, pool);
    }
    return new ParquetFileWriter(schema, options, out, buffers, this::giveBack);
  }

  private void giveBack(FileBuffers buffers) {
    if (isClosed) {
      buffers.close();
    } else {
      buffers.columns().beginFile();
      idle.push(buffers);
    }
  }

  /**
   * About as many bytes as are on the heap for finished pages, of files that are being written or
   * will be, and for whatever no file uses at present. For the rest see {@link
   * ParquetFileWriter#memoryBytes}.
   */
  public long memoryBytes() {
    long sum = pool.memoryBytes();
    for (FileBuffers buffers : idle) {
      sum += buffers.columns().memoryBytes();
    }
    return sum;
  }

  /** Gives memory back that no file uses at present. */
  public void release() {
    idle.forEach(FileBuffers::close);
    idle.clear();
    pool.release();
  }

  /** Gives everything back; files that are still being written are not disturbed. */
  @Override
  public void close() {
    isClosed = true;
    release();
  }
}
