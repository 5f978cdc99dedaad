package io.millrace.parquet;

import io.millrace.vector.BinaryVector;
import io.millrace.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/** Texts and other values of bytes: without a dictionary all lengths, then all bytes, or plain. */
final class BinaryEncoder extends DictionaryEncoder {
  /** How values are written that no dictionary has. */
  enum Form {
    /**
     * DELTA_BYTE_ARRAY. DELTA_LENGTH_BYTE_ARRAY would do, but Spark 3.5's vectorised reader takes
     * the lengths of other values where a page has nulls or begins within one of its batches.
     */
    LENGTHS_FIRST,
    /** PLAIN, each after its length. */
    PLAIN,
    /** PLAIN without lengths, all being equal. */
    FIXED
  }

  private final Form form;
  private final DeltaBinaryPacking deltas = new DeltaBinaryPacking();
  private final BinaryDictionary dictionary = new BinaryDictionary();
  private final BinaryRange range;
  private final Bytes data = new Bytes();

  private int[] lengths = new int[0];

  /** Zeros: no value begins with what the one before it begins with. */
  private int[] prefixes = new int[0];

  private int count;

  BinaryEncoder(Form form, BinaryRange.Kind kind, DictionaryJudge judge) {
    super(judge);
    this.form = form;
    this.range = new BinaryRange(kind);
  }

  @Override
  long bytes(Vector vector) {
    long[] slices = ((BinaryVector) vector).slices();
    long sum = 0;
    for (int i = 0; i < vector.count(); i++) {
      sum += BinaryVector.length(slices[i]);
    }
    return sum;
  }

  @Override
  void appendPlain(Vector vector, byte[] arena) {
    long[] slices = ((BinaryVector) vector).slices();
    int more = vector.count();
    reserve(more);
    for (int i = 0; i < more; i++) {
      int offset = BinaryVector.offset(slices[i]);
      int length = BinaryVector.length(slices[i]);
      range.add(arena, offset, length);
      appendPlain(arena, offset, length);
    }
  }

  private void appendPlain(byte[] source, int offset, int length) {
    if (form == Form.PLAIN) {
      data.writeInt(length);
    }
    data.writePadded(source, offset, length);
    lengths[count++] = length;
  }

  private void reserve(int more) {
    if (count + more > lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.max(count + more, 2 * lengths.length));
    }
  }

  @Override
  void appendIndices(Vector vector, byte[] arena, int[] target, int at) {
    dictionary.indices(arena, ((BinaryVector) vector).slices(), vector.count(), target, at);
  }

  @Override
  void appendPlain(int[] source, int length) {
    reserve(length);
    byte[] bytes = dictionary.bytes();
    for (int i = 0; i < length; i++) {
      int start = dictionary.start(source[i]);
      int size = dictionary.length(source[i]);
      range.add(bytes, start, size);
      appendPlain(bytes, start, size);
    }
  }

  @Override
  long plainBytes() {
    return (long) data.size() + count;
  }

  @Override
  Encoding flushPlain(Bytes out) {
    Encoding encoding = Encoding.PLAIN;
    if (form == Form.LENGTHS_FIRST) {
      encoding = Encoding.DELTA_BYTE_ARRAY;
      if (prefixes.length < count) {
        prefixes = new int[lengths.length];
      }
      deltas.encode(prefixes, count, out);
      deltas.encode(lengths, count, out);
    }
    out.write(data);
    data.clear();
    count = 0;
    return encoding;
  }

  @Override
  Range pageRange() {
    if (pageUsesDictionary()) {
      range.clear();
      forEachIndex(
          index ->
              range.add(dictionary.bytes(), dictionary.start(index), dictionary.length(index)));
    }
    return range;
  }

  @Override
  long dictionaryBytes() {
    return dictionary.totalLength() + (form == Form.FIXED ? 0L : 4L * dictionary.size());
  }

  @Override
  DictionaryCosts costs(int[] source, int length) {
    return DictionaryCosts.ofBytes((double) dictionaryBytes() / Math.max(1, dictionary.size()));
  }

  @Override
  int distinct() {
    return dictionary.size();
  }

  @Override
  void writeDictionary(Bytes out) {
    byte[] bytes = dictionary.bytes();
    for (int i = 0; i < dictionary.size(); i++) {
      if (form != Form.FIXED) {
        out.writeInt(dictionary.length(i));
      }
      out.writePadded(bytes, dictionary.start(i), dictionary.length(i));
    }
  }

  @Override
  long valuesMemoryBytes() {
    return data.capacity()
        + (long) Integer.BYTES * (lengths.length + prefixes.length)
        + dictionary.memoryBytes();
  }

  @Override
  void releaseValues() {
    data.release();
    lengths = new int[0];
    prefixes = new int[0];
    dictionary.release();
  }

  @Override
  void clearDictionary() {
    dictionary.clear();
  }

  @Override
  void clearRange() {
    range.clear();
  }
}
