package io.millrace.parquet;

import io.millrace.schema.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/** Files for tests: written from plain values, and what their footers say. */
final class Written {
  private Written() {}

  static WrittenFile write(
      Path file,
      Type.Struct schema,
      ParquetOptions options,
      List<List<@Nullable Object>> rows,
      int batchRows)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ParquetFileWriter writer = new ParquetFileWriter(schema, options, out)) {
      for (int from = 0; from < rows.size(); from += batchRows) {
        int to = Math.min(rows.size(), from + batchRows);
        writer.append(Batches.of(schema, rows.subList(from, to)));
      }
      return writer.finish();
    }
  }

  static ParquetFileReader open(Path file) throws IOException {
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false)));
  }

  /** The only row group's chunk of a column. */
  static ColumnChunkMetaData chunk(ParquetFileReader reader, String column) {
    return reader.getFooter().getBlocks().get(0).getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .findFirst()
        .orElseThrow();
  }

  /** A text that is equal for equal values only, whatever reader they come from. */
  static String show(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Written::show).toList().toString();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, each) -> sorted.put(show(key), show(each)));
      return sorted.toString();
    }
    return String.valueOf(value);
  }
}
