package io.millrace.convert;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.when;

import io.millrace.plan.Split;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The lines of objects with what Spark's parser makes of each. */
final class ParsedLines {
  private static final String RECORD = Lines.RESERVED_PREFIX + "record";
  private static final String CORRUPT = Lines.RESERVED_PREFIX + "corrupt";

  private final SparkSession spark;
  private final StructType schema;
  private final Map<String, String> options;

  ParsedLines(SparkSession spark, StructType recordSchema, String timeZone) {
    this.spark = spark;
    this.schema = recordSchema.add(CORRUPT, DataTypes.StringType);
    this.options =
        Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", CORRUPT, "timeZone", timeZone);
  }

  /** The columns of {@link Lines}, and the record as Spark's parser sees it. */
  Dataset<Row> of(List<List<Split>> tasks, ReadLines read) {
    return Lines.of(spark, tasks, read).withColumn(RECORD, from_json(text(), schema, options));
  }

  /** Null for what is no UTF-8: the parser would see replacements, and take the record. */
  private static Column text() {
    return when(col(Lines.IS_UTF8), col(Lines.TEXT).cast("string"));
  }

  /** No line is blank, so that a record without a struct is one that is none. */
  static Column isMalformed() {
    return col(RECORD).isNull().or(col(RECORD + "." + CORRUPT).isNotNull());
  }

  /** The record's fields in place of the record. */
  static Dataset<Row> withFields(Dataset<Row> parsed) {
    return parsed.select("*", RECORD + ".*").drop(RECORD, CORRUPT);
  }
}
