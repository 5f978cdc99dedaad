package io.millrace.parquet;

/**
 * Decides whether a column chunk goes on with its dictionary.
 *
 * <p>At growing numbers of values it looks at how many of those since the last look were new. If
 * they were drawn at random from a pool, that share tells the pool's size, hence how many distinct
 * values the whole chunk would have and what it would cost with and without a dictionary. So a
 * column of a hundred thousand users keeps its dictionary although most of its first values are
 * new, and one of unique identifiers loses it at the first look. Where some values are far more
 * frequent than others, the pool seems larger at each look, and is taken to go on growing so.
 */
final class DictionaryJudge {
  /** Values before the first look: with fewer, a pool of 100,000 looks like none. */
  static final int FIRST_LOOK = 4096;

  /** Row groups for which a column is not tried again that had no use for a dictionary. */
  private static final int PAUSE = 8;

  /** A dictionary costs time, so it must save some of the bytes. */
  private static final double LEAST_GAIN = 0.9;

  /** By how much a pool may seem to grow with each doubling of the values. */
  private static final double MAX_GROWTH = 2;

  /** The most bytes that are tried at once, in dictionaries: huge values are not copied to one. */
  private static final long MAX_BATCH = 4;

  private final long maxBytes;
  private long nextLook = FIRST_LOOK;
  private long lastValues;
  private int lastDistinct;

  /** How many values there seemed to be to draw from, at the last look; 0 before there was one. */
  private double lastPool;

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

  /** Whether the dictionary has become too large, when so many bytes of it are written plain. */
  boolean isTooLarge(long bytes) {
    return bytes > maxBytes;
  }

  /** Whether to ask, after so many values, if the dictionary {@link #pays}. */
  boolean isDue(long values) {
    return values >= nextLook;
  }

  /**
   * Whether to go on.
   *
   * @param values of the chunk so far
   * @param distinct values among them
   * @param share how much of the chunk is written, above 0, up to 1
   */
  boolean pays(long values, int distinct, DictionaryCosts costs, double share) {
    double newShare = (double) (distinct - lastDistinct) / (values - lastValues);
    double middle = (values + lastValues) / 2.0;
    double expectedValues = values / share;
    double pool = newShare >= 1 ? Double.MAX_VALUE : -middle / Math.log(Math.max(newShare, 1e-9));
    // A pool that looks larger each time has values of which most are rare.
    double growth = lastPool == 0 ? 1 : Math.min(MAX_GROWTH, Math.max(1, pool / lastPool));
    lastPool = pool;
    double doublings = Math.log(expectedValues / values) / Math.log(2);
    pool *= Math.pow(growth, doublings);
    double expectedDistinct = Math.max(distinct, pool * -Math.expm1(-expectedValues / pool));
    double width = Math.log(Math.max(2, expectedDistinct)) / Math.log(2);
    lastValues = values;
    lastDistinct = distinct;
    nextLook = 2 * values;
    return expectedDistinct * costs.distinct() + expectedValues * width * costs.indexBit()
        < LEAST_GAIN * expectedValues * costs.plain();
  }

  void clear() {
    nextLook = FIRST_LOOK;
    lastValues = 0;
    lastDistinct = 0;
    lastPool = 0;
  }
}
