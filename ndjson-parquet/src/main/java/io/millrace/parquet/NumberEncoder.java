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
 * Numbers of 32 or 64 bits: without a dictionary integers are written as differences, others plain.
 */
final class NumberEncoder extends DictionaryEncoder {
  private final Type physical;
  private final boolean useDeltas;
  private final DeltaBinaryPacking deltas = new DeltaBinaryPacking();
  private final NumberDictionary dictionary = new NumberDictionary();
  private final NumberRange range;

  /** The page's plain values: integers, or the bits of floating-point numbers. */
  private long[] values = new long[0];

  private int count;

  /**
   * @param physical INT32, INT64, FLOAT or DOUBLE
   */
  NumberEncoder(Type physical, boolean useDeltas, DictionaryJudge judge) {
    super(judge);
    this.physical = physical;
    this.useDeltas = useDeltas && (physical == Type.INT32 || physical == Type.INT64);
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
