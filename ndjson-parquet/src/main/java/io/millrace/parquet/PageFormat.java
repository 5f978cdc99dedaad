package io.millrace.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Turns pages into the bytes of the file; one for all columns, so that its buffers are few. */
final class PageFormat implements AutoCloseable {
  private final Compressor compressor;
  private final boolean isCompressing;
  private final ParquetOptions.Encodings encodings;
  private final CRC32 checksum = new CRC32();
  private final Bytes header = new Bytes();
  private final Bytes body = new Bytes();
  private final Bytes plain = new Bytes();
  private int uncompressedSize;

  PageFormat(Codec codec, ParquetOptions.Encodings encodings) {
    this.compressor = codec.compressor();
    this.isCompressing = codec.algorithm() != Codec.Algorithm.NONE;
    this.encodings = encodings;
  }

  /** The header of the page that was formatted last. */
  Bytes header() {
    return header;
  }

  /** The rest of the page that was formatted last. */
  Bytes body() {
    return body;
  }

  /** What header and body would be without compression. */
  int uncompressedSize() {
    return header.size() + uncompressedSize;
  }

  PageType dataPageType() {
    return encodings == ParquetOptions.Encodings.BASIC ? PageType.DATA_PAGE : PageType.DATA_PAGE_V2;
  }

  /** Room for a trial, empty; until the next page is formatted. */
  Bytes scratch() {
    plain.clear();
    return plain;
  }

  /** What they take as part of a page; overwrites the page's body. */
  int compressedSize(Bytes values) {
    body.clear();
    compressor.compress(values.array(), 0, values.size(), body);
    return Math.min(values.size(), body.size());
  }

  void format(Page page) {
    if (encodings == ParquetOptions.Encodings.BASIC) {
      formatVersion1(page);
    } else {
      formatVersion2(page);
    }
  }

  private void formatVersion1(Page page) {
    plain.clear();
    writeLevels(page.repetitions());
    writeLevels(page.definitions());
    plain.write(page.values());
    body.clear();
    compressor.compress(plain.array(), 0, plain.size(), body);
    PageHeader head = new PageHeader(PageType.DATA_PAGE, plain.size(), body.size());
    head.setData_page_header(
        new DataPageHeader(page.entries(), page.encoding(), Encoding.RLE, Encoding.RLE));
    writeHeader(head);
  }

  private void writeLevels(Bytes levels) {
    if (levels.size() > 0) {
      plain.writeInt(levels.size());
      plain.write(levels);
    }
  }

  private void formatVersion2(Page page) {
    Bytes values = page.values();
    body.clear();
    body.write(page.repetitions());
    body.write(page.definitions());
    int levels = body.size();
    boolean isCompressed = isCompressing && values.size() > 0;
    if (isCompressed) {
      compressor.compress(values.array(), 0, values.size(), body);
      if (body.size() - levels >= values.size()) {
        isCompressed = false;
        body.advanceTo(levels);
      }
    }
    if (!isCompressed) {
      body.write(values);
    }
    PageHeader head = new PageHeader(PageType.DATA_PAGE_V2, levels + values.size(), body.size());
    head.setData_page_header_v2(
        new DataPageHeaderV2(
                page.entries(),
                page.nulls(),
                page.rows(),
                page.encoding(),
                page.definitions().size(),
                page.repetitions().size())
            .setIs_compressed(isCompressed));
    writeHeader(head);
  }

  /** Formats a dictionary of so many plain values. */
  void formatDictionary(int size, Bytes values) {
    body.clear();
    compressor.compress(values.array(), 0, values.size(), body);
    PageHeader head = new PageHeader(PageType.DICTIONARY_PAGE, values.size(), body.size());
    head.setDictionary_page_header(new DictionaryPageHeader(size, Encoding.PLAIN));
    writeHeader(head);
  }

  private void writeHeader(PageHeader head) {
    checksum.reset();
    checksum.update(body.array(), 0, body.size());
    head.setCrc((int) checksum.getValue());
    uncompressedSize = head.getUncompressed_page_size();
    header.clear();
    try {
      Util.writePageHeader(head, header);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    compressor.close();
  }
}
