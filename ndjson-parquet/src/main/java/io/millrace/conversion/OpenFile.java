package io.millrace.conversion;

import io.millrace.parquet.ParquetFileWriter;
import io.millrace.parquet.ParquetFileWriters;
import io.millrace.vector.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** A Parquet file under construction. */
final class OpenFile implements Closeable {
  private final String path;
  private final ParquetFileWriter writer;
  private long memoryBytes;

  OpenFile(ParquetFileWriters writers, String path, OutputStore store) throws IOException {
    this.path = path;
    OutputStream out = store.create(path);
    try {
      this.writer = writers.begin(out);
    } catch (RuntimeException e) {
      out.close();
      throw e;
    }
  }

  void append(RecordBatch batch) throws IOException {
    writer.append(batch);
    memoryBytes = writer.memoryBytes();
  }

  void append(RecordBatch batch, int[] rows, int count) throws IOException {
    writer.append(batch, rows, count);
    memoryBytes = writer.memoryBytes();
  }

  /** What the file would have, were it finished now. */
  long bytes() {
    return writer.bytesWritten();
  }

  /** What it takes on the heap, without finished pages. */
  long memoryBytes() {
    return memoryBytes;
  }

  /** Writes what it holds back, and makes it small. */
  void endRowGroup() throws IOException {
    writer.endRowGroup();
    memoryBytes = writer.memoryBytes();
  }

  ConvertedFile finish() throws IOException {
    ConvertedFile file = new ConvertedFile(path, writer.finish());
    writer.close();
    return file;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
