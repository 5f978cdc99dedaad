package io.millrace.parquet;

import io.millrace.vector.Vector;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.parquet.format.Encoding;

/**
 * Values as indices of the column chunk's dictionary while that pays, and otherwise as such: the
 * part that does not depend on their type.
 */
abstract sealed class DictionaryEncoder extends ValueEncoder permits NumberEncoder, BinaryEncoder {
  private final DictionaryJudge judge;

  /** The page's values as indices, while it has any. */
  private int[] indices = new int[0];

  private int indexCount;
  private boolean useDictionary;
  private boolean pagesUseDictionary;

  /** Row groups, this one included, in which no dictionary is tried. */
  private int pause;

  private long chunkValues;

  DictionaryEncoder(DictionaryJudge judge) {
    this.judge = judge;
    this.useDictionary = judge.isWanted();
  }

  /** How many bytes a vector's values have. */
  abstract long bytes(Vector vector);

  /** Appends a vector's values as they are. */
  abstract void appendPlain(Vector vector, byte[] arena);

  /** Appends a vector's values as indices, to {@code indices[at]} and so on. */
  abstract void appendIndices(Vector vector, byte[] arena, int[] target, int at);

  /** Appends dictionary values as they are. */
  abstract void appendPlain(int[] source, int count);

  /** About as many bytes as the page's plain values will take. */
  abstract long plainBytes();

  /** Writes and forgets the page's plain values. */
  abstract Encoding flushPlain(Bytes out);

  /** The bytes that dictionary values would take if they were written plain. */
  abstract long dictionaryBytes();

  /** How many values the dictionary has. */
  abstract int distinct();

  /**
   * What values take with and without the dictionary.
   *
   * @param source the page's indices so far
   */
  abstract DictionaryCosts costs(int[] source, int count);

  abstract void clearDictionary();

  abstract void clearRange();

  /** Of everything but the indices. */
  abstract long valuesMemoryBytes();

  abstract void releaseValues();

  @Override
  final void append(Vector vector, byte[] arena) {
    int count = vector.count();
    chunkValues += count;
    if (useDictionary && !judge.isPossible(bytes(vector))) {
      giveUp();
    }
    if (useDictionary) {
      if (indexCount + count > indices.length) {
        indices = Arrays.copyOf(indices, Math.max(indexCount + count, 2 * indices.length));
      }
      appendIndices(vector, arena, indices, indexCount);
      indexCount += count;
    } else {
      appendPlain(vector, arena);
    }
  }

  @Override
  final long pageBytes() {
    return useDictionary
        ? (long) indexCount * BitPacking.width(Math.max(0, distinct() - 1)) / Byte.SIZE
        : plainBytes();
  }

  @Override
  final void endBatch(double share) {
    if (!useDictionary) {
      return;
    }
    if (judge.isTooLarge(dictionaryBytes())
        || (judge.isDue(chunkValues)
            && !judge.pays(chunkValues, distinct(), costs(indices, indexCount), share))) {
      giveUp();
    }
  }

  /** Goes on without the dictionary; pages that use it keep it. */
  private void giveUp() {
    useDictionary = false;
    appendPlain(indices, indexCount);
    indexCount = 0;
    if (!pagesUseDictionary) {
      pause = judge.pause();
      clearDictionary();
    }
  }

  /** Calls once for each dictionary value that occurs in the page. */
  final void forEachIndex(IntConsumer action) {
    long[] seen = new long[(distinct() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < indexCount; i++) {
      seen[indices[i] >>> 6] |= 1L << indices[i];
    }
    for (int i = 0; i < seen.length; i++) {
      for (long rest = seen[i]; rest != 0; rest &= rest - 1) {
        action.accept(i * Long.SIZE + Long.numberOfTrailingZeros(rest));
      }
    }
  }

  final boolean pageUsesDictionary() {
    return indexCount > 0;
  }

  @Override
  final Encoding flush(Bytes out) {
    clearRange();
    if (!pageUsesDictionary()) {
      return flushPlain(out);
    }
    int width = BitPacking.width(Math.max(0, distinct() - 1));
    out.write(width);
    RleBitPacking.encode(indices, indexCount, width, out);
    indexCount = 0;
    pagesUseDictionary = true;
    return Encoding.RLE_DICTIONARY;
  }

  @Override
  final int dictionarySize() {
    return pagesUseDictionary ? distinct() : 0;
  }

  @Override
  final long memoryBytes() {
    return (long) Integer.BYTES * indices.length + valuesMemoryBytes();
  }

  @Override
  final void release() {
    indices = new int[0];
    releaseValues();
  }

  @Override
  final void clear() {
    clearDictionary();
    judge.clear();
    chunkValues = 0;
    pagesUseDictionary = false;
    pause = Math.max(0, pause - 1);
    useDictionary = judge.isWanted() && pause == 0;
  }
}
