package io.millrace.parquet;

import io.millrace.vector.DoubleVector;
import io.millrace.vector.FloatVector;
import io.millrace.vector.IntVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/**
 * Numbers of 32 or 64 bits: without a dictionary integers are written as differences or plain, as a
 * trial tells, others plain.
 */
final class NumberEncoder extends DictionaryEncoder {
  /** Pages of one size among which one is encoded both ways, to see what the codec leaves. */
  static final int TRIAL_INTERVAL = 32;

  /** Values of a page that are looked at to learn what the codec makes of them. */
  private static final int MOST_SAMPLED = 4096;

  private static final int LEAST_SAMPLED = 64;

  private final Type physical;
  private final boolean knowsDeltas;
  private final PageFormat format;
  private final DeltaBinaryPacking deltas = new DeltaBinaryPacking();
  private final NumberDictionary dictionary = new NumberDictionary();
  private final NumberRange range;

  /** The page's plain values: integers, or the bits of floating-point numbers. */
  private long[] values = new long[0];

  private int count;

  /** What the last trial chose, of how many values, and how many are written since. */
  private boolean useDeltas;

  private int triedValues;
  private long untriedValues;

  /**
   * @param physical INT32, INT64, FLOAT or DOUBLE
   * @param allEncodings whether readers know DELTA_BINARY_PACKED
   * @param format whose codec decides between encodings
   */
  NumberEncoder(Type physical, boolean allEncodings, PageFormat format, DictionaryJudge judge) {
    super(judge);
    this.physical = physical;
    this.knowsDeltas = allEncodings && (physical == Type.INT32 || physical == Type.INT64);
    this.format = format;
    this.range = new NumberRange(physical);
  }

  private int bytesPerValue() {
    return physical == Type.INT32 || physical == Type.FLOAT ? Integer.BYTES : Long.BYTES;
  }

  @Override
  long bytes(Vector vector) {
    return (long) vector.count() * bytesPerValue();
  }

  @Override
  void appendPlain(Vector vector, byte[] arena) {
    load(vector);
    range.add(values, count, count + vector.count());
    count += vector.count();
  }

  @Override
  void appendIndices(Vector vector, byte[] arena, int[] target, int at) {
    load(vector);
    range.add(values, count, count + vector.count());
    dictionary.indices(values, count, vector.count(), target, at);
  }

  /** Copies the vector's values behind those of the page. */
  private void load(Vector vector) {
    int length = vector.count();
    reserve(length);
    if (vector instanceof LongVector longs) {
      System.arraycopy(longs.values(), 0, values, count, length);
    } else if (vector instanceof IntVector ints) {
      int[] source = ints.values();
      for (int i = 0; i < length; i++) {
        values[count + i] = source[i];
      }
    } else if (vector instanceof DoubleVector doubles) {
      double[] source = doubles.values();
      for (int i = 0; i < length; i++) {
        values[count + i] = Double.doubleToRawLongBits(source[i]);
      }
    } else {
      float[] source = ((FloatVector) vector).values();
      for (int i = 0; i < length; i++) {
        values[count + i] = Float.floatToRawIntBits(source[i]);
      }
    }
  }

  private void reserve(int more) {
    if (count + more > values.length) {
      values = Arrays.copyOf(values, Math.max(count + more, 2 * values.length));
    }
  }

  @Override
  void appendPlain(int[] source, int length) {
    reserve(length);
    long[] distinct = dictionary.values();
    for (int i = 0; i < length; i++) {
      values[count + i] = distinct[source[i]];
    }
    count += length;
  }

  @Override
  long plainBytes() {
    return (long) count * bytesPerValue();
  }

  @Override
  Encoding flushPlain(Bytes out) {
    if (knowsDeltas && untriedValues >= (long) TRIAL_INTERVAL * triedValues) {
      useDeltas = areDeltasSmaller();
      triedValues = count;
      untriedValues = 0;
    }
    untriedValues += count;
    Encoding encoding = Encoding.PLAIN;
    if (useDeltas) {
      encoding = Encoding.DELTA_BINARY_PACKED;
      deltas.encode(values, count, physical == Type.INT32, out);
    } else {
      writePlain(values, count, out);
    }
    count = 0;
    return encoding;
  }

  /**
   * Whether the page is smaller as differences, after compression. Packed bits leave a codec little
   * to find, where plain numbers of all magnitudes have bytes that are zero.
   */
  private boolean areDeltasSmaller() {
    return deltasSize(values, count) <= plainSize(values, count);
  }

  /** What numbers take plain, after compression. */
  private int plainSize(long[] numbers, int length) {
    Bytes scratch = format.scratch();
    writePlain(numbers, length, scratch);
    return format.compressedSize(scratch);
  }

  /** What they take as differences, after compression. */
  private int deltasSize(long[] numbers, int length) {
    Bytes scratch = format.scratch();
    deltas.encode(numbers, length, physical == Type.INT32, scratch);
    return format.compressedSize(scratch);
  }

  private void writePlain(long[] source, int length, Bytes out) {
    int width = bytesPerValue();
    byte[] bytes = out.ensure(Math.multiplyExact(length, width));
    int position = out.size();
    if (width == Integer.BYTES) {
      for (int i = 0; i < length; i++, position += Integer.BYTES) {
        Bytes.setInt(bytes, position, (int) source[i]);
      }
    } else {
      for (int i = 0; i < length; i++, position += Long.BYTES) {
        Bytes.setLong(bytes, position, source[i]);
      }
    }
    out.advanceTo(position);
  }

  @Override
  Range pageRange() {
    return range;
  }

  @Override
  long dictionaryBytes() {
    return (long) dictionary.size() * bytesPerValue();
  }

  /** By what compression leaves of the last ones of the page. */
  @Override
  DictionaryCosts costs(int[] source, int length) {
    int width = BitPacking.width(Math.max(0, dictionary.size() - 1));
    int sample = Math.min(length, MOST_SAMPLED);
    if (sample < LEAST_SAMPLED || width == 0) {
      return DictionaryCosts.ofBytes(bytesPerValue());
    }
    Bytes scratch = format.scratch();
    int[] last = Arrays.copyOfRange(source, length - sample, length);
    RleBitPacking.encode(last, sample, width, scratch);
    double index = format.compressedSize(scratch);
    int distinct = Math.min(dictionary.size(), MOST_SAMPLED);
    long[] all = dictionary.values();
    long[] newest = Arrays.copyOfRange(all, dictionary.size() - distinct, dictionary.size());
    double dictionaryBytes = plainSize(newest, distinct);
    long[] numbers = new long[sample];
    Arrays.setAll(numbers, i -> all[last[i]]);
    double plain = plainSize(numbers, sample);
    if (knowsDeltas) {
      plain = Math.min(plain, deltasSize(numbers, sample));
    }
    return new DictionaryCosts(plain / sample, dictionaryBytes / distinct, index / sample / width);
  }

  @Override
  int distinct() {
    return dictionary.size();
  }

  @Override
  void writeDictionary(Bytes out) {
    writePlain(dictionary.values(), dictionary.size(), out);
  }

  @Override
  long valuesMemoryBytes() {
    return (long) Long.BYTES * values.length + dictionary.memoryBytes();
  }

  @Override
  void releaseValues() {
    values = new long[0];
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
