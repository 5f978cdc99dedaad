package io.millrace.parquet;

import io.millrace.vector.BooleanVector;
import io.millrace.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/** Truth values, as runs and bits or as bits only. */
final class BooleanEncoder extends ValueEncoder {
  private final boolean useRuns;
  private final LevelEncoder runs = new LevelEncoder(1);

  /** The page's values, 0 or 1. */
  private byte[] values = {};

  private int count;
  private final BooleanRange range = new BooleanRange();

  /**
   * @param useRuns whether readers know RLE for truth values; otherwise they are bits only
   */
  BooleanEncoder(boolean useRuns) {
    this.useRuns = useRuns;
  }

  @Override
  void append(Vector vector, byte[] arena) {
    boolean[] source = ((BooleanVector) vector).values();
    int more = vector.count();
    if (count + more + Long.BYTES > values.length) {
      values = Arrays.copyOf(values, Math.max(count + more, 2 * values.length) + Long.BYTES);
    }
    int sum = 0;
    for (int i = 0; i < more; i++) {
      byte value = (byte) (source[i] ? 1 : 0);
      values[count + i] = value;
      sum += value;
    }
    if (sum > 0) {
      range.add(true);
    }
    if (sum < more) {
      range.add(false);
    }
    count += more;
  }

  @Override
  long pageBytes() {
    return count / Byte.SIZE;
  }

  @Override
  void endBatch(double share) {}

  @Override
  Encoding flush(Bytes out) {
    if (useRuns) {
      runs.levels(values, count);
      Bytes encoded = runs.finish();
      out.writeInt(encoded.size());
      out.write(encoded);
      runs.clear();
    } else {
      Arrays.fill(values, count, count + Long.BYTES, (byte) 0);
      for (int i = 0; i < count; i += Long.BYTES) {
        out.write((int) BitPacking.packBytes(Bytes.getLong(values, i), 1));
      }
    }
    count = 0;
    range.clear();
    return useRuns ? Encoding.RLE : Encoding.PLAIN;
  }

  @Override
  Range pageRange() {
    return range;
  }

  @Override
  int dictionarySize() {
    return 0;
  }

  @Override
  void writeDictionary(Bytes out) {
    throw new IllegalStateException("truth values have no dictionary");
  }

  @Override
  void clear() {}

  @Override
  long memoryBytes() {
    return values.length + runs.memoryBytes();
  }

  @Override
  void release() {
    values = new byte[0];
  }
}
