package io.millrace.ndjson;

import io.millrace.schema.Type;
import io.millrace.vector.ByteArena;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.Vector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the records of one split of one object into batches: those whose line begins in [start,
 * end).
 *
 * <p>Lines end with {@code \n}, {@code \r\n} or {@code \r}, or with the object; lines of nothing
 * but spaces and tabs are no records; a byte order mark at the object's start belongs to no record.
 * So the union of the splits of any partition of an object is the object. What a record means is
 * what Spark's JSON reader makes of it; docs/reference/json.md says what that is, and where this
 * reader differs.
 *
 * <p>Reads past {@code end} only as far as the last record needs, but for what the source reads
 * ahead. Not thread-safe; the caller closes the source.
 */
public final class NdjsonReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** A batch ends when so little room is left behind the block, lest the block be copied. */
  private static final int LEAST_ROOM_BYTES = 1 << 10;

  private final LineWindow window;
  private final long start;
  private final long end;
  private final Type.Struct schema;
  private final ReaderOptions options;
  private final MalformedRecordHandler malformed;

  private boolean aligned;
  private RecordBatch batch;
  private PlainRecord plain;
  private TokenReader tokens;
  private long[] offsets = new long[1024];
  private long records;
  private long plainRecords;
  private long malformedRecords;

  /** Where the split's first line begins in the object. */
  private long firstLine;

  /**
   * @param in the object's bytes from {@link RecordSplitter#firstByte firstByte(start)} on, at
   *     least to the end of the last record
   * @param schema what to read; other fields of the records are skipped
   * @param malformed is told of the records that are not rows
   */
  public NdjsonReader(
      BlockSource in,
      long start,
      long end,
      Type.Struct schema,
      ReaderOptions options,
      MalformedRecordHandler malformed) {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a split: [" + start + ", " + end + ")");
    }
    this.window = new LineWindow(in, RecordSplitter.firstByte(start), options.maxRecordBytes());
    this.start = start;
    this.end = end;
    this.schema = schema;
    this.options = options;
    this.malformed = malformed;
    bind(new RecordBatch(schema));
  }

  /**
   * Clears the batch and fills it with the records of about one block.
   *
   * <p>What the batch holds stays valid until this is called again, with whichever batch, as the
   * texts lie in the block. It may have columns behind those of the schema, for what is known of
   * all its rows, or of each by its {@link #offsets offset}: they are null, and the caller may
   * clear them and append {@code rows()} values to each.
   *
   * @return false behind the last record, with an empty batch
   * @throws RecordTooLargeException when a line is longer than the limit
   */
  public boolean read(RecordBatch batch) throws IOException {
    if (batch != this.batch) {
      bind(batch);
    }
    batch.clear();
    align();
    while (batch.rows() == 0) {
      if (window.next == window.limit && !(window.offset(window.next) < end && window.advance())) {
        break;
      }
      batch.arena().reset(window.bytes, window.to);
      if (!readLines()) {
        break;
      }
    }
    batch.finish();
    return batch.rows() > 0;
  }

  /** For each row of the last batch, where its line begins in the object; to be read only. */
  public long[] offsets() {
    return offsets;
  }

  /** How many records have been read so far, malformed ones among them. */
  public long records() {
    return records + malformedRecords;
  }

  /** How many of them were malformed. */
  public long malformedRecords() {
    return malformedRecords;
  }

  /** How many bytes of the split have been read so far, in lines of any kind. */
  public long bytes() {
    return aligned ? window.position() - firstLine : 0;
  }

  /** How many records the plain path has taken. */
  long plainRecords() {
    return plainRecords;
  }

  private void bind(RecordBatch batch) {
    List<Vector> columns = batch.columns();
    int count = schema.fields().size();
    if (!batch
        .schema()
        .fields()
        .subList(0, Math.min(count, columns.size()))
        .equals(schema.fields())) {
      throw new IllegalArgumentException(
          "the batch's columns must begin with those of the schema: "
              + batch.schema()
              + " does not begin with "
              + schema);
    }
    this.batch = batch;
    this.plain = new PlainRecord(schema, columns.subList(0, count), batch.arena(), options);
    this.tokens = new TokenReader(schema, columns.subList(0, count), batch.arena(), options);
  }

  private void align() throws IOException {
    if (!aligned) {
      aligned = true;
      if (start > 0) {
        window.skipLine(end);
      }
      firstLine = window.position();
    }
  }

  /** Reads the window's lines; false when the next one is not the split's. */
  private boolean readLines() throws IOException {
    byte[] bytes = window.bytes;
    int limit = window.limit;
    ByteArena arena = batch.arena();
    // Those before this index begin in the split.
    long splitEnd = end - window.offset(0);
    int next = window.next;
    try {
      while (next < limit) {
        if (next >= splitEnd) {
          return false;
        }
        if (bytes[next] == '{') {
          int behind = plain.read(bytes, next, batch.rows());
          if (behind > 0) {
            plainRecords++;
            endRow(next, behind);
          } else {
            batch.abandonRow();
            behind = readCarefully(next);
          }
          next = behind + 1;
          if (arena.bytes().length - arena.end() < LEAST_ROOM_BYTES + ByteArena.PADDING) {
            return true;
          }
        } else {
          next = (LineEnds.isTerminator(bytes[next]) ? next : readCarefully(next)) + 1;
        }
      }
      return true;
    } finally {
      window.next = next;
    }
  }

  private void endRow(int lineStart, int lineEnd) throws RecordTooLargeException {
    requireWithinLimit(lineStart, lineStart, lineEnd);
    int row = batch.rows();
    if (row == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * row);
    }
    offsets[row] = window.offset(lineStart);
    records++;
    batch.endRow();
  }

  /** Reads the line from Jackson's tokens; returns where its terminator is. */
  private int readCarefully(int lineStart) throws IOException {
    byte[] bytes = window.bytes;
    int lineEnd = LineEnds.first(bytes, lineStart, window.limit);
    int from = lineStart;
    if (window.offset(lineStart) == 0 && startsWithMark(bytes, lineStart, lineEnd)) {
      from += BYTE_ORDER_MARK.length;
    }
    requireWithinLimit(lineStart, from, lineEnd);
    if (isBlank(bytes, from, lineEnd)) {
      return lineEnd;
    }
    MalformedReason reason = tokens.read(bytes, from, lineEnd, batch.rows());
    if (reason == null) {
      endRow(lineStart, lineEnd);
    } else {
      batch.abandonRow();
      malformedRecords++;
      malformed.malformed(window.offset(lineStart), bytes, from, lineEnd, reason);
    }
    return lineEnd;
  }

  private void requireWithinLimit(int lineStart, int from, int lineEnd)
      throws RecordTooLargeException {
    if (lineEnd - from > options.maxRecordBytes()) {
      throw new RecordTooLargeException(window.offset(lineStart), options.maxRecordBytes());
    }
  }

  private static boolean startsWithMark(byte[] bytes, int from, int to) {
    int size = BYTE_ORDER_MARK.length;
    return to - from >= size && Arrays.equals(bytes, from, from + size, BYTE_ORDER_MARK, 0, size);
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
