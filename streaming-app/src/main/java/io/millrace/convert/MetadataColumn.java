package io.millrace.convert;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** A column about a record's origin, which a table has on request. */
public enum MetadataColumn {
  /** The object's bucket. */
  BUCKET("_bucket", Lines.BUCKET),
  /** The object's key. */
  KEY("_key", Lines.KEY),
  /** The object's version id, or its ETag where the bucket is not versioned. */
  VERSION("_version", Lines.VERSION),
  /** Where the record begins in the object, in bytes. */
  OFFSET("_offset", Lines.OFFSET);

  private final String column;
  private final String source;

  MetadataColumn(String column, String source) {
    this.column = column;
    this.source = source;
  }

  /** Its name in the table. */
  public String column() {
    return column;
  }

  /** Its name among the lines. */
  String source() {
    return source;
  }

  DataType type() {
    return this == OFFSET ? DataTypes.LongType : DataTypes.StringType;
  }
}
