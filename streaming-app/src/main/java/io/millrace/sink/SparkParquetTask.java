package io.millrace.sink;

import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFile;
import io.millrace.output.DataFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** One task of a {@link SparkParquetJob}: rows sorted by partition, a file for each of them. */
final class SparkParquetTask
    implements Function2<Integer, Iterator<InternalRow>, Iterator<OutputFile>> {
  private static final long serialVersionUID = 1;

  private final Broadcast<DataFiles> files;
  private final Broadcast<SerializableConfiguration> settings;
  private final String codec;
  private final StructType data;
  private final StructType partitions;

  /**
   * @param settings with the schema and the settings of Spark's encoder
   * @param codec as {@code spark.sql.parquet.compression.codec} has it
   * @param data the first columns of each row, which the files have
   * @param partitions the columns behind them
   */
  SparkParquetTask(
      Broadcast<DataFiles> files,
      Broadcast<SerializableConfiguration> settings,
      String codec,
      StructType data,
      StructType partitions) {
    this.files = files;
    this.settings = settings;
    this.codec = codec;
    this.data = data;
    this.partitions = partitions;
  }

  @Override
  public Iterator<OutputFile> call(Integer task, Iterator<InternalRow> rows) throws IOException {
    List<OutputFile> written = new ArrayList<>();
    UnsafeProjection dataOf =
        UnsafeProjection.create(
            Stream.of(data.fields()).map(StructField::dataType).toArray(DataType[]::new));
    InternalRow first = rows.hasNext() ? rows.next() : null;
    while (first != null) {
      Map<String, @Nullable String> values = partition(first);
      try (DataFile file = files.value().create(values, task)) {
        long records = 0;
        try (ParquetWriter<InternalRow> writer = writer(file)) {
          InternalRow row = first;
          first = null;
          while (row != null) {
            writer.write(dataOf.apply(row));
            records++;
            row = rows.hasNext() ? rows.next() : null;
            if (row != null && !partition(row).equals(values)) {
              first = row;
              row = null;
            }
          }
        }
        written.add(file.finish(records, null));
      }
    }
    return written.iterator();
  }

  private Map<String, @Nullable String> partition(InternalRow row) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 0; i < partitions.size(); i++) {
      int column = data.size() + i;
      values.put(
          partitions.fields()[i].name(),
          row.isNullAt(column)
              ? null
              : text(partitions.fields()[i].dataType(), row.getInt(column)));
    }
    return values;
  }

  private static String text(DataType type, int value) {
    if (type.equals(DataTypes.DateType)) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Integer.toString(value);
    }
    throw new IllegalStateException("a table is not partitioned by " + type.sql());
  }

  private ParquetWriter<InternalRow> writer(DataFile file) throws IOException {
    return new Builder(new Target(file))
        .withConf(settings.value().value())
        .withCompressionCodec(
            codec.equals("none")
                ? CompressionCodecName.UNCOMPRESSED
                : CompressionCodecName.fromConf(codec.toUpperCase(Locale.ROOT)))
        .build();
  }

  private static final class Builder extends ParquetWriter.Builder<InternalRow, Builder> {
    Builder(Target target) {
      super(target);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<InternalRow> getWriteSupport(Configuration configuration) {
      return new ParquetWriteSupport();
    }
  }

  /** A data file as Parquet's writer sees it; the file's end is not the writer's to decide. */
  private record Target(DataFile file) implements org.apache.parquet.io.OutputFile {

    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return file.size();
        }

        @Override
        public void write(int b) throws IOException {
          file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          file.write(bytes, offset, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
