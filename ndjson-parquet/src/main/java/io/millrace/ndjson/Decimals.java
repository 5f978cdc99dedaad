package io.millrace.ndjson;

import io.millrace.schema.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/** Numbers as decimals of a type's precision and scale. */
final class Decimals {
  private Decimals() {}

  /** The value times ten to the scale, rounded half up as Spark does. */
  static BigInteger unscaled(BigDecimal value, Type.Decimal type) throws ConversionException {
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    // Compared before it is rescaled: 1e999999999 would become a number of as many digits.
    long digitsBeforePoint = (long) value.precision() - value.scale();
    if (digitsBeforePoint > type.precision() - type.scale()) {
      throw new ConversionException(MalformedReason.WRONG_TYPE);
    }
    if (digitsBeforePoint < -type.scale()) {
      return BigInteger.ZERO;
    }
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() > type.precision()) {
      throw new ConversionException(MalformedReason.WRONG_TYPE);
    }
    return scaled.unscaledValue();
  }

  /** Big-endian two's complement, in as many bytes as the type's values all have. */
  static byte[] fixed(BigInteger unscaled, Type.Decimal type) {
    byte[] least = unscaled.toByteArray();
    byte[] fixed = new byte[fixedBytes(type)];
    Arrays.fill(fixed, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(least, 0, fixed, fixed.length - least.length, least.length);
    return fixed;
  }

  /** The least number of bytes that hold every value of the type. */
  static int fixedBytes(Type.Decimal type) {
    return BigInteger.TEN.pow(type.precision()).bitLength() / Byte.SIZE + 1;
  }
}
