package io.millrace.convert;

import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Filters that count what they see, so that counting costs no second pass.
 *
 * <p>They are marked as not deterministic: Spark then neither moves nor repeats them, nor parses a
 * record a second time on their behalf.
 */
final class Tally {
  private Tally() {}

  /**
   * Of (ordinal, flag, length): lets pass what has no flag; counts both kinds, and the lengths of
   * what has the flag.
   */
  static UserDefinedFunction dividing(
      OrdinalCounter passed, OrdinalCounter flagged, OrdinalCounter flaggedLength) {
    UDF3<Long, Boolean, Integer, Boolean> count =
        (ordinal, flag, length) -> {
          (flag ? flagged : passed).add(ordinal);
          if (flag) {
            flaggedLength.add(ordinal, length);
          }
          return !flag;
        };
    return functions.udf(count, DataTypes.BooleanType).asNondeterministic();
  }

  /** Of (ordinal, flag): lets everything pass; counts what has the flag. */
  static UserDefinedFunction passing(OrdinalCounter flagged) {
    UDF2<Long, Boolean, Boolean> count =
        (ordinal, flag) -> {
          if (flag) {
            flagged.add(ordinal);
          }
          return true;
        };
    return functions.udf(count, DataTypes.BooleanType).asNondeterministic();
  }
}
