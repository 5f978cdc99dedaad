package io.millrace.demo.check;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;

/** What the checker expects of a record; written down apart from the generator's, on purpose. */
final class OrderSchema {
  static final String ID = "id";

  static final StructType RECORD =
      new StructType()
          .add(ID, StringType.STRING)
          .add("at", TimestampType.TIMESTAMP)
          .add("kind", StringType.STRING)
          .add(
              "customer",
              new StructType()
                  .add("id", LongType.LONG)
                  .add("name", StringType.STRING)
                  .add("country", StringType.STRING)
                  .add("member", BooleanType.BOOLEAN))
          .add(
              "items",
              new ArrayType(
                  new StructType()
                      .add("sku", StringType.STRING)
                      .add("quantity", IntegerType.INTEGER)
                      .add("price", new DecimalType(10, 2)),
                  true))
          .add("tags", new ArrayType(StringType.STRING, true))
          .add("total", new DecimalType(12, 2))
          .add("distance", DoubleType.DOUBLE)
          .add("comment", StringType.STRING);

  private OrderSchema() {}
}
