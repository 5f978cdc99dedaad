package io.millrace.conversion;

import io.millrace.parquet.ParquetFileWriter;
import io.millrace.vector.RecordBatch;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A Parquet file under construction, with what it holds back in memory. */
final class OpenFile implements Closeable {
  private final String path;
  private final CountingStream out;
  private final ParquetFileWriter writer;

  OpenFile(ConversionOptions options, String path, OutputStore store) throws IOException {
    this.path = path;
    this.out = new CountingStream(store.create(path));
    try {
      this.writer = new ParquetFileWriter(options.schema(), options.parquet(), out);
    } catch (RuntimeException e) {
      out.close();
      throw e;
    }
  }

  void append(RecordBatch batch) throws IOException {
    writer.append(batch);
  }

  void append(RecordBatch batch, int[] rows, int count) throws IOException {
    writer.append(batch, rows, count);
  }

  /** What the file would have, were it finished now. */
  long bytes() {
    return writer.bytesWritten();
  }

  /** How much of it is in memory still. */
  long heldBytes() {
    return writer.bytesWritten() - out.count;
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

  private static final class CountingStream extends FilterOutputStream {
    private long count;

    CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
