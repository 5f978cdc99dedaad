package io.millrace.parquet;

import io.millrace.schema.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/** What stands behind the row groups: page indexes and the file's metadata. */
final class Footer {
  private final Type.Struct schema;
  private final ParquetOptions options;
  private final List<RowGroup> rowGroups;
  private final List<List<WrittenChunk>> chunks;
  private final long rows;

  /**
   * @param chunks those of each row group
   */
  Footer(
      Type.Struct schema,
      ParquetOptions options,
      List<RowGroup> rowGroups,
      List<List<WrittenChunk>> chunks,
      long rows) {
    this.schema = schema;
    this.options = options;
    this.rowGroups = rowGroups;
    this.chunks = chunks;
    this.rows = rows;
  }

  /**
   * Writes everything but the last magic bytes.
   *
   * @param position of {@code out} in the file
   * @return how many bytes
   */
  long write(OutputStream out, long position) throws IOException {
    Bytes bytes = new Bytes();
    writeBounds(bytes, position);
    writeOffsets(bytes, position);
    int start = bytes.size();
    Util.writeFileMetaData(metaData(), bytes);
    bytes.writeInt(bytes.size() - start);
    bytes.writeTo(out);
    return bytes.size();
  }

  private void writeBounds(Bytes bytes, long position) throws IOException {
    for (int i = 0; i < chunks.size(); i++) {
      for (int j = 0; j < chunks.get(i).size(); j++) {
        WrittenChunk chunk = chunks.get(i).get(j);
        if (chunk.bounds().isPresent()) {
          int start = bytes.size();
          Util.writeColumnIndex(chunk.bounds().get(), bytes);
          ColumnChunk meta = rowGroups.get(i).getColumns().get(j);
          meta.setColumn_index_offset(position + start);
          meta.setColumn_index_length(bytes.size() - start);
        }
      }
    }
  }

  private void writeOffsets(Bytes bytes, long position) throws IOException {
    for (int i = 0; i < chunks.size(); i++) {
      for (int j = 0; j < chunks.get(i).size(); j++) {
        int start = bytes.size();
        Util.writeOffsetIndex(chunks.get(i).get(j).offsets(), bytes);
        ColumnChunk meta = rowGroups.get(i).getColumns().get(j);
        meta.setOffset_index_offset(position + start);
        meta.setOffset_index_length(bytes.size() - start);
      }
    }
  }

  private FileMetaData metaData() {
    FileMetaData meta =
        new FileMetaData(
            options.encodings() == ParquetOptions.Encodings.ALL ? 2 : 1,
            FileSchema.of(schema, options.fieldIds()),
            rows,
            rowGroups);
    meta.setCreated_by(options.createdBy());
    List<KeyValue> pairs = new ArrayList<>();
    new TreeMap<>(options.keyValueMetadata())
        .forEach((key, value) -> pairs.add(new KeyValue(key).setValue(value)));
    if (!pairs.isEmpty()) {
      meta.setKey_value_metadata(pairs);
    }
    int leaves = (int) meta.getSchema().stream().filter(element -> element.isSetType()).count();
    meta.setColumn_orders(
        Collections.nCopies(leaves, ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
    return meta;
  }
}
