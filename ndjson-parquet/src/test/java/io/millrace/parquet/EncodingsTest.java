package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;

/** Compares with parquet-java's decoders. */
class EncodingsTest {
  private static final int[] COUNTS = {
    0, 1, 2, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129, 130, 503, 504, 505, 512, 1000
  };

  private static ByteBufferInputStream input(Bytes bytes) {
    return ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes.array(), 0, bytes.size()));
  }

  @Test
  void integersAsDifferencesComeBackWhateverTheirSizeAndNumber() throws Exception {
    Random random = new Random(1);
    for (int count : COUNTS) {
      for (int bits = 0; bits <= 64; bits += bits < 8 ? 1 : 7) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
          values[i] = bits == 0 ? 42 : random.nextLong() >> (64 - bits);
        }
        assertLongs(values);
        assertInts(Arrays.stream(values).mapToInt(value -> (int) value).toArray());
      }
    }
    assertLongs(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE});
    assertInts(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, Integer.MIN_VALUE});
  }

  private static void assertLongs(long[] values) throws Exception {
    Bytes bytes = new Bytes();
    new DeltaBinaryPacking().encode(values, values.length, false, bytes);
    DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
    reader.initFromPage(values.length, input(bytes));
    for (long value : values) {
      assertThat(reader.readLong()).isEqualTo(value);
    }
  }

  private static void assertInts(int[] values) throws Exception {
    Bytes bytes = new Bytes();
    new DeltaBinaryPacking().encode(values, values.length, bytes);
    Bytes fromLongs = new Bytes();
    long[] longs = Arrays.stream(values).asLongStream().toArray();
    new DeltaBinaryPacking().encode(longs, values.length, true, fromLongs);
    assertThat(Arrays.copyOf(fromLongs.array(), fromLongs.size()))
        .isEqualTo(Arrays.copyOf(bytes.array(), bytes.size()));
    DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
    reader.initFromPage(values.length, input(bytes));
    for (int value : values) {
      assertThat(reader.readInteger()).isEqualTo(value);
    }
  }

  /** Runs of random length around the shortest that is written as one. */
  private static int[] runs(Random random, int count, int bound) {
    int[] values = new int[count];
    for (int i = 0; i < count; ) {
      int value = random.nextInt(bound);
      for (int end = i + 1 + random.nextInt(40); i < end && i < count; i++) {
        values[i] = value;
      }
    }
    return values;
  }

  @Test
  void indicesComeBackWhateverTheirWidthAndRuns() throws Exception {
    Random random = new Random(2);
    for (int width = 0; width <= 31; width++) {
      int bound = width == 31 ? Integer.MAX_VALUE : 1 << width;
      for (int count : COUNTS) {
        for (int[] values :
            new int[][] {
              random.ints(count, 0, bound).toArray(), runs(random, count, bound), new int[count]
            }) {
          Bytes bytes = new Bytes();
          RleBitPacking.encode(values, count, width, bytes);
          assertDecodes(bytes, width, values);
        }
      }
    }
  }

  private static void assertDecodes(Bytes bytes, int width, int[] values) throws Exception {
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(width, input(bytes));
    for (int i = 0; i < values.length; i++) {
      assertThat(decoder.readInt()).as("value %s of %s", i, values.length).isEqualTo(values[i]);
    }
  }

  @Test
  void levelsComeBackHoweverTheyWereAppended() throws Exception {
    Random random = new Random(3);
    for (int max = 1; max <= 120; max += max < 9 ? 1 : 37) {
      LevelEncoder encoder = new LevelEncoder(max);
      for (int round = 0; round < 40; round++) {
        int[] values = runs(random, random.nextInt(900), max + 1);
        append(encoder, values, random);
        assertDecodes(encoder.finish(), BitPacking.width(max), values);
        encoder.clear();
      }
    }
  }

  private static void append(LevelEncoder encoder, int[] values, Random random) {
    int position = 0;
    while (position < values.length) {
      int count = Math.min(values.length - position, 1 + random.nextInt(90));
      if (random.nextBoolean()) {
        byte[] levels = new byte[count + 8];
        for (int i = 0; i < count; i++) {
          levels[i] = (byte) values[position + i];
        }
        encoder.levels(levels, count);
      } else {
        for (int i = 0; i < count; i++) {
          encoder.run(values[position + i], 1);
        }
      }
      position += count;
    }
  }

  @Test
  void bitsBecomeTheirLevels() throws Exception {
    Random random = new Random(4);
    for (int base = 0; base < 3; base++) {
      LevelEncoder encoder = new LevelEncoder(base + 1);
      long[] bits = {0, -1, random.nextLong(), random.nextLong(), -1, -1, 0x00FF00FF00000000L, 5};
      int[] values = new int[8 * 64 - 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = base + (int) (bits[i / 64] >>> i & 1);
      }
      encoder.bits(bits, values.length, base);
      assertDecodes(encoder.finish(), BitPacking.width(base + 1), values);
    }
  }
}
