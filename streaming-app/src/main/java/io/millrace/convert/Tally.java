package io.millrace.convert;

import org.apache.spark.sql.api.java.UDF2;
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

  /** Of (ordinal, flag): lets pass what has no flag; counts both kinds. */
  static UserDefinedFunction dividing(OrdinalCounter passed, OrdinalCounter flagged) {
    UDF2<Long, Boolean, Boolean> count =
        (ordinal, flag) -> {
          (flag ? flagged : passed).add(ordinal);
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
