package io.millrace.parquet;

/**
 * Decides whether a column chunk goes on with its dictionary.
 *
 * <p>At growing numbers of values it looks at how many of those since the last look were new. If
 * they were drawn at random from a pool, that share tells the pool's size, hence how many distinct
 * values the whole chunk would have and what it would cost with and without a dictionary. So a
 * column of a hundred thousand users keeps its dictionary although most of its first values are
 * new, and one of unique identifiers loses it at the first look.
 */
final class DictionaryJudge {
  /** Values before the first look: with fewer, a pool of 100,000 looks like none. */
  static final int FIRST_LOOK = 4096;

  /** Row groups for which a column is not tried again that had no use for a dictionary. */
  private static final int PAUSE = 8;

  /** What a value takes after compression, of what it takes before. */
  private static final double COMPRESSED = 0.6;

  /** A dictionary costs time, so it must save some of the bytes. */
  private static final double LEAST_GAIN = 0.9;

  /** The most bytes that are tried at once, in dictionaries: huge values are not copied to one. */
  private static final long MAX_BATCH = 4;

  private final long maxBytes;
  private long nextLook = FIRST_LOOK;
  private long lastValues;
  private int lastDistinct;

  /**
   * @param maxBytes the largest dictionary; 0 for none
   */
  DictionaryJudge(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean isWanted() {
    return maxBytes > 0;
  }

  int pause() {
    return PAUSE;
  }

  /** Whether so many bytes of values, some of them equal perhaps, may become a dictionary. */
  boolean isPossible(long bytes) {
    return bytes <= MAX_BATCH * maxBytes;
  }

  /**
   * Whether to go on.
   *
   * @param values of the chunk so far
   * @param distinct values among them
   * @param bytes that the distinct ones take when written plain
   * @param share how much of the chunk is written, above 0, up to 1
   */
  boolean pays(long values, int distinct, long bytes, double share) {
    if (bytes > maxBytes) {
      return false;
    }
    if (values < nextLook) {
      return true;
    }
    double newShare = (double) (distinct - lastDistinct) / (values - lastValues);
    double middle = (values + lastValues) / 2.0;
    double expectedValues = values / share;
    double pool = newShare >= 1 ? Double.MAX_VALUE : -middle / Math.log(Math.max(newShare, 1e-9));
    double expectedDistinct = Math.max(distinct, pool * -Math.expm1(-expectedValues / pool));
    double perValue = COMPRESSED * bytes / distinct;
    double width = Math.log(Math.max(2, expectedDistinct)) / Math.log(2) / Byte.SIZE;
    lastValues = values;
    lastDistinct = distinct;
    nextLook = 2 * values;
    return expectedDistinct * perValue + expectedValues * width
        < LEAST_GAIN * expectedValues * perValue;
  }

  void clear() {
    nextLook = FIRST_LOOK;
    lastValues = 0;
    lastDistinct = 0;
  }
}
