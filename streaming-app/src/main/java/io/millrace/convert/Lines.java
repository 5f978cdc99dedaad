package io.millrace.convert;

import io.millrace.plan.Split;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The lines of objects as rows, one partition for each planned task. */
final class Lines {
  /** No column of a record may begin with this. */
  static final String RESERVED_PREFIX = "__millrace_";

  static final String ORDINAL = RESERVED_PREFIX + "ordinal";
  static final String EVENT_TIME = RESERVED_PREFIX + "event_time";
  static final String BUCKET = RESERVED_PREFIX + "bucket";
  static final String KEY = RESERVED_PREFIX + "key";
  static final String VERSION = RESERVED_PREFIX + "version";
  static final String OBJECT_SIZE = RESERVED_PREFIX + "object_size";
  static final String OFFSET = RESERVED_PREFIX + "offset";
  static final String TEXT = RESERVED_PREFIX + "text";

  static final String IS_UTF8 = RESERVED_PREFIX + "is_utf8";

  /** The text is binary: the line's bytes as they are, whether they are UTF-8 or not. */
  static final StructType SCHEMA =
      new StructType()
          .add(ORDINAL, DataTypes.LongType, false)
          .add(EVENT_TIME, DataTypes.TimestampType, false)
          .add(BUCKET, DataTypes.StringType, false)
          .add(KEY, DataTypes.StringType, false)
          .add(VERSION, DataTypes.StringType, false)
          .add(OBJECT_SIZE, DataTypes.LongType, false)
          .add(OFFSET, DataTypes.LongType, false)
          .add(TEXT, DataTypes.BinaryType, false)
          .add(IS_UTF8, DataTypes.BooleanType, false);

  private Lines() {}

  /** All lines of the tasks' splits; nothing is read before an action. */
  static Dataset<Row> of(SparkSession spark, List<List<Split>> tasks, ReadLines read) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(tasks, tasks.size()).flatMap(read), SCHEMA);
  }
}
