package io.millrace.ndjson;

/** Powers of ten. */
final class Powers {
  private static final long[] LONGS = new long[19];

  /** Each of these is exact. */
  private static final double[] DOUBLES = new double[23];

  static {
    LONGS[0] = 1;
    for (int i = 1; i < LONGS.length; i++) {
      LONGS[i] = 10 * LONGS[i - 1];
    }
    for (int i = 0; i < DOUBLES.length; i++) {
      DOUBLES[i] = Double.parseDouble("1e" + i);
    }
  }

  private Powers() {}

  /** For exponents from 0 to 18. */
  static long ofTen(int exponent) {
    return LONGS[exponent];
  }

  /** For exponents from 0 to 22, which are exact. */
  static double exactOfTen(int exponent) {
    return DOUBLES[exponent];
  }
}
