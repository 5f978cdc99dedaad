package io.millrace.parquet;

/**
 * What a column's values take in the file, after compression, in bytes each.
 *
 * @param plain a value that is written without a dictionary
 * @param distinct a value of the dictionary
 * @param indexBit a bit of an index
 */
record DictionaryCosts(double plain, double distinct, double indexBit) {
  /** What compression leaves of values, where nothing better is known. */
  private static final double COMPRESSED = 0.6;

  /** Of values of so many bytes each, as most codecs would have it. */
  static DictionaryCosts ofBytes(double bytes) {
    return new DictionaryCosts(COMPRESSED * bytes, COMPRESSED * bytes, 1.0 / Byte.SIZE);
  }
}
