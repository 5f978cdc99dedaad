package io.millrace.parquet;

import io.millrace.vector.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;

/** One leaf column's entries, to pages, to column chunks. */
final class ColumnWriter {
  private final Column column;
  private final ValueEncoder values;
  private final ParquetOptions options;
  private final PageFormat format;
  private final Bytes encoded;
  private final LevelEncoder definitions;
  private final LevelEncoder repetitions;

  private int pageEntries;
  private int pageNulls;
  private int pageRows;

  private final Blocks pages;
  private final PageIndex index;
  private final Range chunkRange;
  private final Range fileRange;
  private final Map<Encoding, Integer> dataPages = new EnumMap<>(Encoding.class);
  private long chunkRows;
  private long chunkEntries;
  private long chunkNulls;
  private long uncompressedBytes;
  private long fileNulls;

  /**
   * @param encoded room for a page's values, shared by all columns
   */
  ColumnWriter(
      Column column,
      ValueEncoder values,
      ParquetOptions options,
      PageFormat format,
      Blocks.Pool pool,
      Bytes encoded) {
    this.column = column;
    this.values = values;
    this.options = options;
    this.format = format;
    this.encoded = encoded;
    this.definitions = new LevelEncoder(column.maxDefinition());
    this.repetitions = new LevelEncoder(column.maxRepetition());
    this.pages = new Blocks(pool);
    this.index = new PageIndex(values.pageRange());
    this.chunkRange = values.pageRange().fresh();
    this.fileRange = values.pageRange().fresh();
  }

  Column column() {
    return column;
  }

  /** Appends a batch's entries; its rows are counted by {@link #endBatch}. */
  void append(Levels levels, Vector leaf, byte[] arena) {
    if (leaf.slots() != levels.live() || (!column.nullable() && leaf.count() != leaf.slots())) {
      throw new IllegalArgumentException(
          "column %s, %s, has %d values in %d slots where %d are expected: was the batch finished?"
              .formatted(
                  column,
                  column.nullable() ? "nullable" : "not nullable",
                  leaf.count(),
                  leaf.slots(),
                  levels.live()));
    }
    levels.encode(leaf, column.nullable(), definitions, repetitions);
    pageEntries = Math.addExact(pageEntries, levels.size());
    pageNulls += levels.size() - leaf.count();
    if (leaf.count() > 0) {
      values.append(leaf, arena);
    }
  }

  /**
   * Ends a page where it is full.
   *
   * @param share how much of the row group is written, above 0, up to 1
   */
  void endBatch(int rows, double share) {
    pageRows += rows;
    values.endBatch(share);
    if (pageRows >= options.pageRows()
        || values.pageBytes() + levelBytes() >= options.pageBytes()) {
      flushPage();
    }
  }

  private int levelBytes() {
    return definitions.size() + repetitions.size();
  }

  /** About as many bytes as the chunk will have. */
  long bytes() {
    return pages.size() + values.pageBytes() + levelBytes();
  }

  /** About as many bytes as this has on the heap, without the pages that are finished. */
  long memoryBytes() {
    return values.memoryBytes() + definitions.memoryBytes() + repetitions.memoryBytes();
  }

  /** Gives back what grew with the values; to be called between chunks. */
  void release() {
    values.release();
  }

  private void flushPage() {
    if (pageRows == 0) {
      return;
    }
    boolean isNullPage = pageNulls == pageEntries;
    Range range = values.pageRange();
    chunkRange.add(range);
    index.addBounds(isNullPage, pageNulls, range);
    encoded.clear();
    // An empty page has no use for a dictionary, or for the header of differences.
    Encoding encoding = isNullPage ? Encoding.PLAIN : values.flush(encoded);
    format.format(
        new Page(
            pageRows,
            pageEntries,
            pageNulls,
            repetitions.finish(),
            definitions.finish(),
            encoding,
            encoded));
    index.addLocation(pages.size(), format.header().size() + format.body().size(), chunkRows);
    pages.write(format.header());
    pages.write(format.body());
    uncompressedBytes += format.uncompressedSize();
    dataPages.merge(encoding, 1, Integer::sum);
    repetitions.clear();
    definitions.clear();
    chunkRows += pageRows;
    chunkEntries += pageEntries;
    chunkNulls += pageNulls;
    pageRows = 0;
    pageEntries = 0;
    pageNulls = 0;
  }

  /**
   * Writes the chunk and begins another.
   *
   * @param position of {@code out} in the file
   */
  WrittenChunk finishChunk(OutputStream out, long position) throws IOException {
    flushPage();
    ColumnMetaData meta = new ColumnMetaData();
    meta.setType(column.physical());
    meta.setPath_in_schema(column.path());
    meta.setCodec(options.codec().format());
    meta.setNum_values(chunkEntries);
    long dataOffset = position;
    if (values.dictionarySize() > 0) {
      encoded.clear();
      values.writeDictionary(encoded);
      format.formatDictionary(values.dictionarySize(), encoded);
      format.header().writeTo(out);
      format.body().writeTo(out);
      meta.setDictionary_page_offset(position);
      dataOffset += format.header().size() + format.body().size();
      uncompressedBytes += format.uncompressedSize();
    }
    meta.setData_page_offset(dataOffset);
    long size = dataOffset - position + pages.size();
    pages.drainTo(out);
    meta.setTotal_uncompressed_size(uncompressedBytes);
    meta.setTotal_compressed_size(size);
    meta.setStatistics(statistics());
    setEncodings(meta, values.dictionarySize() > 0);
    WrittenChunk chunk =
        new WrittenChunk(meta, position, size, index.offsets(dataOffset), index.bounds());
    fileRange.add(chunkRange);
    fileNulls += chunkNulls;
    clearChunk();
    return chunk;
  }

  private Statistics statistics() {
    Statistics statistics = new Statistics();
    statistics.setNull_count(chunkNulls);
    if (chunkRange.isKnown()) {
      statistics.setMin_value(chunkRange.min(BinaryRange.KEPT));
      statistics.setMax_value(chunkRange.max(BinaryRange.KEPT));
    }
    return statistics;
  }

  private void setEncodings(ColumnMetaData meta, boolean hasDictionary) {
    Set<Encoding> encodings = EnumSet.copyOf(dataPages.keySet());
    List<PageEncodingStats> stats = new ArrayList<>();
    if (hasDictionary) {
      encodings.add(Encoding.PLAIN);
      stats.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
    }
    PageType type = format.dataPageType();
    dataPages.forEach((encoding, count) -> stats.add(new PageEncodingStats(type, encoding, count)));
    if (column.maxDefinition() > 0 || column.maxRepetition() > 0) {
      encodings.add(Encoding.RLE);
    }
    meta.setEncodings(List.copyOf(encodings));
    meta.setEncoding_stats(stats);
  }

  private void clearChunk() {
    values.clear();
    index.clear();
    chunkRange.clear();
    dataPages.clear();
    chunkRows = 0;
    chunkEntries = 0;
    chunkNulls = 0;
    uncompressedBytes = 0;
  }

  /** Begins another file; no chunk is open. */
  void beginFile() {
    fileRange.clear();
    fileNulls = 0;
  }

  /** Of all chunks that are finished. */
  Range fileRange() {
    return fileRange;
  }

  /** Entries without value, in all chunks that are finished. */
  long fileNulls() {
    return fileNulls;
  }
}
