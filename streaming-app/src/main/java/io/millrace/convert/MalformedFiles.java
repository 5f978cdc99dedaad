package io.millrace.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.conversion.ConversionOptions;
import io.millrace.conversion.FileWriters;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.OutputFile;
import io.millrace.ndjson.MalformedReason;
import io.millrace.notification.Notification;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/**
 * A task's malformed records, as files of the quarantine: the rows that {@link
 * QuarantineLayout#records} makes. For one thread.
 */
final class MalformedFiles implements Closeable {
  private static final int MAX_BATCH_ROWS = 4096;
  private static final int MAX_BATCH_BYTES = 1 << 20;

  /** They are few, and compress well: no reason to hold back as much as of rows. */
  private static final long WRITER_MEMORY_BYTES = 16L << 20;

  private static final int MAX_OPEN_WRITERS = 4;
  private static final Type.Struct SCHEMA = schema();

  private final int maxKeptRecordBytes;
  private final ZoneId timeZone;
  private final TaskFiles files;
  private final FileWriters writers;
  private final RecordBatch batch = new RecordBatch(SCHEMA);
  private String directory = "";

  /**
   * @param maxKeptRecordBytes how much of a record is kept
   * @param files closed with this
   * @param task is part of the files' names
   */
  MalformedFiles(int maxKeptRecordBytes, ZoneId timeZone, TaskFiles files, String task) {
    this.maxKeptRecordBytes = maxKeptRecordBytes;
    this.timeZone = timeZone;
    this.files = files;
    ConversionOptions options =
        ConversionOptions.of(SCHEMA)
            .withParquet(ParquetOptions.defaults())
            .withFiles(
                ConversionOptions.DEFAULT_TARGET_FILE_BYTES, MAX_OPEN_WRITERS, WRITER_MEMORY_BYTES);
    this.writers = new FileWriters(options, files, task);
  }

  /** Appends a record. */
  void add(Arrival arrival, long offset, byte[] bytes, int from, int to, MalformedReason reason)
      throws IOException {
    Notification object = arrival.object();
    begin(directory(object.eventTime()));
    byte[] kept = Arrays.copyOfRange(bytes, from, Math.min(to, from + maxKeptRecordBytes));
    String text = new String(kept, UTF_8);
    byte[] encoded = text.getBytes(UTF_8);
    Row row = new Row(batch.rows());
    row.number(arrival.ordinal());
    row.text(object.bucket());
    row.text(object.key());
    row.text(object.version());
    row.number(object.sizeBytes());
    row.number(object.eventTimeMicros());
    row.text(QuarantineReason.MALFORMED.code());
    row.text(detail(reason));
    row.number(1);
    row.number(offset);
    row.number(to - from);
    row.bytes(encoded);
    if (!Arrays.equals(encoded, kept)) {
      row.bytes(kept);
    }
    batch.endRow();
    if (batch.rows() >= MAX_BATCH_ROWS || batch.arena().end() >= MAX_BATCH_BYTES) {
      flush();
    }
  }

  /** Completes the files, and keeps them. */
  List<OutputFile> finish() throws IOException {
    flush();
    return files.keep(writers.finish());
  }

  /** Gives the files up first: a writer that is closed would complete them. */
  @Override
  public void close() throws IOException {
    files.close();
    writers.close();
  }

  private void begin(String nextDirectory) throws IOException {
    if (!nextDirectory.equals(directory)) {
      flush();
      directory = nextDirectory;
    }
  }

  private void flush() throws IOException {
    if (batch.rows() > 0) {
      batch.finish();
      writers.append(directory, batch);
      batch.clear();
      batch.arena().reset(batch.arena().bytes(), 0);
    }
  }

  private String directory(Instant eventTime) {
    return "%s=%s/%s=%s/"
        .formatted(
            QuarantineLayout.DATE,
            LocalDate.ofInstant(eventTime, timeZone),
            QuarantineLayout.KIND,
            QuarantineReason.MALFORMED.kind().value());
  }

  private static String detail(MalformedReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Type.Struct schema() {
    StructType fields = new StructType();
    for (var field : QuarantineLayout.schema().fields()) {
      if (!QuarantineLayout.partitionColumns().contains(field.name())) {
        fields = fields.add(field);
      }
    }
    return SchemaParser.parse(fields.json());
  }

  /** Fills the columns of a row, from the first on. */
  private final class Row {
    private final int slot;
    private int column;

    Row(int slot) {
      this.slot = slot;
    }

    void number(long value) {
      ((LongVector) batch.columns().get(column++)).append(slot, value);
    }

    void text(String value) {
      bytes(value.getBytes(UTF_8));
    }

    void bytes(byte[] value) {
      ByteArena arena = batch.arena();
      System.arraycopy(value, 0, arena.reserve(value.length), arena.end(), value.length);
      int begin = arena.commit(value.length);
      ((BinaryVector) batch.columns().get(column++)).append(slot, begin, value.length);
    }
  }
}
