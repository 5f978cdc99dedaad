package io.millrace.convert;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.decode;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the rows of the quarantine table look like. */
public final class QuarantineLayout {
  /** The reason of a record that the JSON parser does not accept under the schema. */
  static final String MALFORMED = "malformed";

  private static final StructType SCHEMA =
      new StructType()
          .add(RowLayout.ORDINAL, DataTypes.LongType)
          .add("bucket", DataTypes.StringType)
          .add("key", DataTypes.StringType)
          .add("version", DataTypes.StringType)
          .add("record_offset", DataTypes.LongType)
          .add("reason", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("bytes", DataTypes.BinaryType)
          .add("record_size", DataTypes.LongType)
          .add("event_time", DataTypes.TimestampType)
          .add("date", DataTypes.DateType);

  private QuarantineLayout() {}

  /** Every column, the partition column last. */
  public static StructType schema() {
    return SCHEMA;
  }

  /** The date of the object's event time. */
  public static List<String> partitionColumns() {
    return List.of("date");
  }

  /**
   * Rows of the quarantine.
   *
   * @param lines malformed ones, with the columns of {@link Lines}
   * @param maxKeptBytes how much of a record is kept; {@code record_size} tells its whole size
   */
  static Dataset<Row> rows(Dataset<Row> lines, int maxKeptBytes) {
    Column kept = expr("substring(%s, 1, %d)".formatted(Lines.TEXT, maxKeptBytes));
    Column text = decode(kept, "UTF-8");
    return lines.select(
        col(Lines.ORDINAL).as(RowLayout.ORDINAL),
        col(Lines.BUCKET).as("bucket"),
        col(Lines.KEY).as("key"),
        col(Lines.VERSION).as("version"),
        col(Lines.OFFSET).as("record_offset"),
        lit(MALFORMED).as("reason"),
        text.as("text"),
        when(not(encode(text, "UTF-8").equalTo(kept)), kept).as("bytes"),
        length(col(Lines.TEXT)).cast(DataTypes.LongType).as("record_size"),
        col(Lines.EVENT_TIME).as("event_time"),
        to_date(col(Lines.EVENT_TIME)).as("date"));
  }
}
