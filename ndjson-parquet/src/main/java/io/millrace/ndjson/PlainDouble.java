package io.millrace.ndjson;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.millrace.vector.DoubleVector;

/** Reads floating-point numbers of 64 bits, correctly rounded. */
final class PlainDouble extends PlainValue {
  private static final long MOST_EXACT = 1L << 53;
  private static final int MOST_EXACT_EXPONENT = 22;

  private final DoubleVector vector;
  private final PlainNumber number = new PlainNumber();

  PlainDouble(DoubleVector vector) {
    super(vector);
    this.vector = vector;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    int end = number.read(bytes, position);
    if (end < 0) {
      return readNull(bytes, position, slot);
    }
    if (isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, value(bytes, position, end));
    return end;
  }

  private double value(byte[] bytes, int position, int end) {
    int exponent = number.exponent;
    if (number.isInteger && number.digitCount <= PlainNumber.MOST_DIGITS) {
      // Spark reads an integer as such, which has no negative zero.
      return number.negative ? -number.digits : number.digits;
    }
    if (number.digitCount > PlainNumber.MOST_DIGITS
        || number.digits > MOST_EXACT
        || exponent < -MOST_EXACT_EXPONENT
        || exponent > MOST_EXACT_EXPONENT) {
      return JavaDoubleParser.parseDouble(bytes, position, end - position);
    }
    // Digits and power are exact, so that one rounding is all there is (Clinger 1990).
    double digits = number.negative ? -(double) number.digits : number.digits;
    return exponent < 0
        ? digits / Powers.exactOfTen(-exponent)
        : digits * Powers.exactOfTen(exponent);
  }
}
