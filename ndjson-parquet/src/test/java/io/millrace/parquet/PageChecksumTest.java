package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageChecksumTest {
  private static final Type.Struct SCHEMA = SchemaParser.parse("l ARRAY<STRING>");
  private static final int ROWS = 5000;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = directory.resolve("pages.parquet");
  }

  @Test
  void parquetJavaFindsThePagesUndamaged() throws Exception {
    write(ParquetOptions.Encodings.BASIC);

    assertThat(rowsOfCheckedPages()).isEqualTo(ROWS);
  }

  @Test
  void parquetJavaFindsADamagedPage() throws Exception {
    ColumnChunkMetaData chunk = write(ParquetOptions.Encodings.BASIC);
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (chunk.getStartingPos() + chunk.getTotalSize()) - 1] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::rowsOfCheckedPages).hasMessageContaining("CRC checksum");
  }

  /** parquet-java 1.13 checks pages of the first version only. */
  @Test
  void everyPageOfTheSecondVersionHasItsChecksum() throws Exception {
    ColumnChunkMetaData chunk = write(ParquetOptions.Encodings.ALL);
    byte[] bytes = Files.readAllBytes(file);
    int from = (int) chunk.getStartingPos();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, from, (int) chunk.getTotalSize());

    int pages = 0;
    for (; in.available() > 0; pages++) {
      PageHeader header = Util.readPageHeader(in);
      CRC32 checksum = new CRC32();
      checksum.update(in.readNBytes(header.getCompressed_page_size()));
      assertThat(header.getCrc()).as("page %s", pages).isEqualTo((int) checksum.getValue());
    }
    assertThat(pages).as("a dictionary, and pages of data").isGreaterThan(2);
  }

  private ColumnChunkMetaData write(ParquetOptions.Encodings encodings) throws IOException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(List.of(List.of("a" + i % 90, "b" + i % 7)));
    }
    ParquetOptions options =
        ParquetOptions.defaults()
            .withEncodings(encodings)
            .withLimits(ParquetOptions.DEFAULT_PAGE_BYTES, 1000, 1 << 26, 1 << 20);
    Written.write(file, SCHEMA, options, rows, 500);
    try (var reader = Written.open(file)) {
      return reader.getFooter().getBlocks().get(0).getColumns().get(0);
    }
  }

  private long rowsOfCheckedPages() throws IOException {
    ParquetReadOptions checking =
        ParquetReadOptions.builder().usePageChecksumVerification(true).build();
    HadoopInputFile input =
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false));
    try (ParquetFileReader reader = ParquetFileReader.open(input, checking)) {
      PageReadStore pages = reader.readNextRowGroup();
      return pages.getRowCount();
    }
  }
}
