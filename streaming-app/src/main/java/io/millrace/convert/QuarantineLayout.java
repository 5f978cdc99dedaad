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

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of the quarantine table look like: malformed records, what was cut of them, and
 * objects that were quarantined whole.
 *
 * <p>One table for all of them: a batch's trouble is committed in one step, and one question by key
 * finds it whatever it is. The partition by kind keeps the few rows about objects from drowning in
 * records.
 */
public final class QuarantineLayout {
  /** The column with a {@link QuarantineReason.RowKind}. */
  public static final String KIND = "kind";

  /** Bytes of a malformed record that are kept; not a column of the table. */
  static final String KEPT_SIZE = Lines.RESERVED_PREFIX + "kept_size";

  static final String DATE = "date";
  private static final StructType SCHEMA =
      new StructType()
          .add(RowLayout.ORDINAL, DataTypes.LongType)
          .add("bucket", DataTypes.StringType)
          .add("key", DataTypes.StringType)
          .add("version", DataTypes.StringType)
          .add("object_size", DataTypes.LongType)
          .add("event_time", DataTypes.TimestampType)
          .add("reason", DataTypes.StringType)
          .add("detail", DataTypes.StringType)
          .add("records", DataTypes.LongType)
          .add("record_offset", DataTypes.LongType)
          .add("record_size", DataTypes.LongType)
          .add("text", DataTypes.StringType)
          .add("bytes", DataTypes.BinaryType)
          .add(DATE, DataTypes.DateType)
          .add(KIND, DataTypes.StringType);

  private QuarantineLayout() {}

  /** Every column, the partition columns last. */
  public static StructType schema() {
    return SCHEMA;
  }

  /** The date of the object's event time, and the kind of the row. */
  public static List<String> partitionColumns() {
    return List.of(DATE, KIND);
  }

  /**
   * Rows of malformed records, with {@link #KEPT_SIZE} besides the table's columns.
   *
   * @param lines malformed ones, with the columns of {@link Lines}
   * @param maxKeptBytes how much of a record is kept; {@code record_size} tells its whole size
   */
  static Dataset<Row> records(Dataset<Row> lines, int maxKeptBytes) {
    Column kept = expr("substring(%s, 1, %d)".formatted(Lines.TEXT, maxKeptBytes));
    Column text = decode(kept, "UTF-8");
    return lines.select(
        col(Lines.ORDINAL).as(RowLayout.ORDINAL),
        col(Lines.BUCKET).as("bucket"),
        col(Lines.KEY).as("key"),
        col(Lines.VERSION).as("version"),
        col(Lines.OBJECT_SIZE).as("object_size"),
        col(Lines.EVENT_TIME).as("event_time"),
        lit(QuarantineReason.MALFORMED.code()).as("reason"),
        lit(null).cast(DataTypes.StringType).as("detail"),
        lit(1L).as("records"),
        col(Lines.OFFSET).as("record_offset"),
        length(col(Lines.TEXT)).cast(DataTypes.LongType).as("record_size"),
        text.as("text"),
        when(not(encode(text, "UTF-8").equalTo(kept)), kept).as("bytes"),
        to_date(col(Lines.EVENT_TIME)).as(DATE),
        lit(QuarantineReason.MALFORMED.kind().value()).as(KIND),
        length(kept).cast(DataTypes.LongType).as(KEPT_SIZE));
  }

  /** What {@link #records} gives. */
  static StructType recordsSchema() {
    return SCHEMA.add(KEPT_SIZE, DataTypes.LongType);
  }

  /**
   * Something about an object as a whole.
   *
   * @param records how many records it stands for; null for an object that is quarantined whole
   */
  record ObjectRow(
      Arrival arrival, QuarantineReason reason, String detail, @Nullable Long records) {}

  /** Rows about objects, in one partition. */
  static Dataset<Row> objects(SparkSession spark, List<ObjectRow> objects) {
    List<Row> rows = objects.stream().map(QuarantineLayout::row).toList();
    return spark
        .createDataFrame(rows, SCHEMA)
        .coalesce(1)
        .withColumn(DATE, to_date(col("event_time")))
        .select(Stream.of(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  private static Row row(ObjectRow row) {
    Notification object = row.arrival().object();
    return RowFactory.create(
        row.arrival().ordinal(),
        object.bucket(),
        object.key(),
        object.version(),
        object.sizeBytes(),
        Timestamp.from(object.eventTime()),
        row.reason().code(),
        row.detail(),
        row.records(),
        null,
        null,
        null,
        null,
        null,
        row.reason().kind().value());
  }
}
