package io.millrace.ndjson;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import io.millrace.vector.FloatVector;

/** Reads floating-point numbers of 32 bits, correctly rounded. */
final class PlainFloat extends PlainValue {
  private static final long MOST_EXACT = 1L << 24;
  private static final int MOST_EXACT_EXPONENT = 10;

  private final FloatVector vector;
  private final PlainNumber number = new PlainNumber();

  PlainFloat(FloatVector vector) {
    super(vector);
    this.vector = vector;
  }

  @Override
  int read(byte[] bytes, int position, int slot) {
    int end = number.read(bytes, position);
    if (end < 0) {
      return readNull(bytes, position, slot);
    }
    // Spark reads longer integers by way of a double, which is for the careful path to do.
    if ((number.isInteger && number.digitCount > PlainNumber.MOST_DIGITS) || isDecided(slot)) {
      return REFUSED;
    }
    vector.append(slot, value(bytes, position, end));
    return end;
  }

  private float value(byte[] bytes, int position, int end) {
    int exponent = number.exponent;
    if (number.isInteger) {
      return number.negative ? -number.digits : number.digits;
    }
    if (number.digitCount > PlainNumber.MOST_DIGITS
        || number.digits > MOST_EXACT
        || exponent < -MOST_EXACT_EXPONENT
        || exponent > MOST_EXACT_EXPONENT) {
      return JavaFloatParser.parseFloat(bytes, position, end - position);
    }
    float digits = number.negative ? -(float) number.digits : number.digits;
    float power = (float) Powers.exactOfTen(Math.abs(exponent));
    return exponent < 0 ? digits / power : digits * power;
  }
}
