package io.millrace.parquet;

import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;

/**
 * Writes one Parquet file, a row group at a time: compressed pages are held in memory until their
 * row group is full. For one thread.
 */
public final class ParquetFileWriter implements Closeable {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** Rows that are appended at once: pages end between batches only. */
  private static final int MAX_BATCH_ROWS = 32 * 1024;

  private final Type.Struct schema;
  private final ParquetOptions options;
  private final OutputStream out;
  private final FileBuffers buffers;
  private final ColumnTree columns;

  /** Takes the buffers back when the file is finished. */
  private final Consumer<FileBuffers> reuse;

  private final List<RowGroup> rowGroups = new ArrayList<>();
  private final List<List<WrittenChunk>> chunks = new ArrayList<>();

  private long position;
  private long rows;
  private long rowGroupRows;
  private boolean isFinished;
  private boolean isClosed;

  /**
   * Begins a file; for many, see {@link ParquetFileWriters}.
   *
   * @param out at position 0; closed by {@link #close}
   * @throws IllegalArgumentException if Parquet cannot hold the schema: a struct has no fields
   */
  public ParquetFileWriter(Type.Struct schema, ParquetOptions options, OutputStream out) {
    this(
        schema,
        options,
        out,
        new FileBuffers(schema, options, new Blocks.Pool()),
        FileBuffers::close);
  }

  ParquetFileWriter(
      Type.Struct schema,
      ParquetOptions options,
      OutputStream out,
      FileBuffers buffers,
      Consumer<FileBuffers> reuse) {
    this.schema = schema;
    this.options = options;
    this.out = out;
    this.buffers = buffers;
    this.columns = buffers.columns();
    this.reuse = reuse;
  }

  /**
   * Appends all rows of a finished batch, which is the caller's again afterwards.
   *
   * @throws IllegalArgumentException if the batch is of another schema, or not finished, or lacks a
   *     value that must not be null
   */
  public void append(RecordBatch batch) throws IOException {
    if (batch.rows() <= MAX_BATCH_ROWS) {
      appendPart(batch);
      return;
    }
    int[] part = new int[MAX_BATCH_ROWS];
    for (int first = 0; first < batch.rows(); first += MAX_BATCH_ROWS) {
      int count = Math.min(MAX_BATCH_ROWS, batch.rows() - first);
      for (int i = 0; i < count; i++) {
        part[i] = first + i;
      }
      append(batch, part, count);
    }
  }

  /**
   * Appends some rows of a finished batch.
   *
   * @param rowNumbers ascending; the first {@code count} mean something
   */
  public void append(RecordBatch batch, int[] rowNumbers, int count) throws IOException {
    buffers.selection().gather(batch, rowNumbers, count);
    appendPart(buffers.selection());
  }

  private void appendPart(RecordBatch batch) throws IOException {
    if (!batch.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "the batch has the schema %s, the file %s".formatted(batch.schema(), schema));
    }
    if (batch.rows() == 0) {
      return;
    }
    columns.append(batch);
    rowGroupRows += batch.rows();
    long bytes = rowGroupBytes();
    double share = Math.min(1, Math.max(1, bytes) / (double) options.rowGroupBytes());
    for (ColumnWriter writer : columns.writers()) {
      writer.endBatch(batch.rows(), share);
    }
    if (bytes >= options.rowGroupBytes()) {
      finishRowGroup();
    }
  }

  private long rowGroupBytes() {
    long sum = 0;
    for (ColumnWriter writer : columns.writers()) {
      sum += writer.bytes();
    }
    return sum;
  }

  /** What the file would have about, were it finished now: pages that are held back included. */
  public long bytesWritten() {
    return position + rowGroupBytes();
  }

  /**
   * About as many bytes as this has on the heap for dictionaries and for pages that are not
   * finished, and keeps for the next ones.
   */
  public long memoryBytes() {
    return columns.memoryBytes();
  }

  /** Ends the row group, however small, and gives back the memory that grew with its values. */
  public void endRowGroup() throws IOException {
    finishRowGroup();
    columns.release();
  }

  private void finishRowGroup() throws IOException {
    if (rowGroupRows == 0) {
      return;
    }
    begin();
    List<WrittenChunk> written = new ArrayList<>();
    List<ColumnChunk> metas = new ArrayList<>();
    long uncompressed = 0;
    long start = position;
    for (ColumnWriter writer : columns.writers()) {
      WrittenChunk chunk = writer.finishChunk(out, position);
      position += chunk.size();
      uncompressed += chunk.meta().getTotal_uncompressed_size();
      written.add(chunk);
      metas.add(new ColumnChunk(chunk.position()).setMeta_data(chunk.meta()));
    }
    RowGroup rowGroup = new RowGroup(metas, uncompressed, rowGroupRows);
    rowGroup.setFile_offset(start);
    rowGroup.setTotal_compressed_size(position - start);
    rowGroup.setOrdinal((short) rowGroups.size());
    rowGroups.add(rowGroup);
    chunks.add(written);
    rows += rowGroupRows;
    rowGroupRows = 0;
  }

  private void begin() throws IOException {
    if (position == 0) {
      out.write(MAGIC);
      position = MAGIC.length;
    }
  }

  /**
   * Writes what is held back, and the footer; the file is complete once {@link #close} returns.
   *
   * @return the size, and the statistics of all rows
   */
  public WrittenFile finish() throws IOException {
    finishRowGroup();
    begin();
    Footer footer = new Footer(schema, options, rowGroups, chunks, rows);
    position += footer.write(out, position);
    out.write(MAGIC);
    position += MAGIC.length;
    isFinished = true;
    String stats = DeltaStatistics.of(schema, columns, rows, options.statisticsColumns());
    return new WrittenFile(rows, position, rowGroups.size(), stats);
  }

  /** Closes the stream and frees memory; without {@link #finish} the file is of no use. */
  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      if (isFinished) {
        reuse.accept(buffers);
      } else {
        buffers.close();
      }
      out.close();
    }
  }
}
