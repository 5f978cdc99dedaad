package io.millrace.parquet;

import io.millrace.vector.Vector;
import org.apache.parquet.format.Encoding;

/** Encodes one column's values, without those that are missing, page by page. */
abstract sealed class ValueEncoder permits BooleanEncoder, DictionaryEncoder {

  /**
   * Appends all values of a vector to the page.
   *
   * @param arena what slices lie in
   */
  abstract void append(Vector vector, byte[] arena);

  /** About as many bytes as the page's values will take. */
  abstract long pageBytes();

  /**
   * Called between batches, to think about how values are encoded.
   *
   * @param share how much of the row group is written, above 0, up to 1
   */
  abstract void endBatch(double share);

  /** Writes the page's values and begins another page. */
  abstract Encoding flush(Bytes out);

  /** Of the page's values; to be called before {@link #flush}. */
  abstract Range pageRange();

  /** How many values the chunk's dictionary has; 0 if it has none. */
  abstract int dictionarySize();

  /** Writes the dictionary's values, plain. */
  abstract void writeDictionary(Bytes out);

  /** Begins another column chunk; no page is open. */
  abstract void clear();

  /** About as many bytes as this has on the heap, used or not. */
  abstract long memoryBytes();

  /** Gives memory back that grew with the values; to be called after {@link #clear}. */
  abstract void release();
}
