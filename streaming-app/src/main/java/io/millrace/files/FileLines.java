package io.millrace.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.conversion.Split;
import io.millrace.conversion.Splitter;
import io.millrace.input.DecompressionLimits;
import io.millrace.input.InputBlocks;
import io.millrace.input.LocalFile;
import io.millrace.ndjson.RecordSplitter;
import io.millrace.ndjson.RecordSplitter.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The lines of files as rows, one partition for each split. */
final class FileLines {
  /** No field of a record may begin with this. */
  static final String RESERVED_PREFIX = "__millrace_";

  static final String FILE = RESERVED_PREFIX + "file";
  static final String OFFSET = RESERVED_PREFIX + "offset";
  static final String BYTES = RESERVED_PREFIX + "bytes";

  /** Null where the bytes are not UTF-8, which makes a record malformed. */
  static final String TEXT = RESERVED_PREFIX + "text";

  private static final StructType SCHEMA =
      new StructType()
          .add(FILE, DataTypes.StringType, false)
          .add(OFFSET, DataTypes.LongType, false)
          .add(BYTES, DataTypes.BinaryType, false)
          .add(TEXT, DataTypes.StringType, true);

  private FileLines() {}

  /**
   * All lines; nothing is read before an action.
   *
   * @param lines counts them, as often as they are read
   * @param bytes counts their bytes, with one more for the line's end
   */
  static Dataset<Row> of(
      SparkSession spark, List<Path> files, LongAccumulator lines, LongAccumulator bytes)
      throws IOException {
    List<LocalFile> inputs = new ArrayList<>();
    for (Path file : files) {
      inputs.add(new LocalFile(file));
    }
    List<Part> parts = new ArrayList<>();
    for (Split split : new Splitter(Splitter.DEFAULT_SPLIT_BYTES).splits(inputs)) {
      parts.add(new Part(split.input().name(), split.start(), split.end(), split.whole()));
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    return spark.createDataFrame(
        context.parallelize(parts, Math.max(1, parts.size())).flatMap(new Read(lines, bytes)),
        SCHEMA);
  }

  /** A split that goes to a task. */
  private record Part(String file, long start, long end, boolean whole) implements Serializable {}

  /** Reads a part on whichever thread runs its task. */
  private record Read(LongAccumulator lines, LongAccumulator bytes)
      implements FlatMapFunction<Part, Row> {
    @Override
    public Iterator<Row> call(Part part) throws IOException {
      Rows rows = new Rows(part, lines, bytes);
      TaskContext.get().addTaskCompletionListener(rows);
      return rows;
    }
  }

  private static final class Rows implements Iterator<Row>, TaskCompletionListener {
    private final Part part;
    private final LongAccumulator lines;
    private final LongAccumulator bytes;
    private final InputStream in;
    private final RecordSplitter splitter;
    private @Nullable Line next;

    Rows(Part part, LongAccumulator lines, LongAccumulator bytes) throws IOException {
      this.part = part;
      this.lines = lines;
      this.bytes = bytes;
      LocalFile file = new LocalFile(Path.of(part.file()));
      this.in =
          part.whole()
              ? InputBlocks.decompressed(file, DecompressionLimits.defaults())
              : file.open(RecordSplitter.firstByte(part.start()));
      this.splitter =
          new RecordSplitter(in, part.start(), part.end(), RecordSplitter.DEFAULT_MAX_RECORD_BYTES);
    }

    @Override
    public boolean hasNext() {
      try {
        if (next == null) {
          next = splitter.next();
        }
        return next != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Line line = next;
      next = null;
      lines.add(1L);
      bytes.add(line.bytes().length + 1L);
      return RowFactory.create(part.file(), line.offset(), line.bytes(), text(line.bytes()));
    }

    @Override
    public void onTaskCompletion(TaskContext context) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
