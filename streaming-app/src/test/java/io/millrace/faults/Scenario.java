package io.millrace.faults;

import java.util.HashMap;
import java.util.Map;

/** A stream's kind of table, and where its state lies; the quickest first. */
enum Scenario {
  PARQUET_ON_DISK("parquet", Place.DISK),
  PARQUET_IN_S3("parquet", Place.S3),
  DELTA_IN_S3("delta", Place.S3),
  PARQUET_IN_HDFS("parquet", Place.HDFS);

  private final String format;
  private final Place place;

  /** Where state lies. */
  enum Place {
    DISK,
    S3,
    HDFS
  }

  Scenario(String format, Place place) {
    this.format = format;
    this.place = place;
  }

  Place place() {
    return place;
  }

  /** The table's format, as Spark names it, too. */
  String format() {
    return format;
  }

  /** Whether a new version's rows take the place of the old one's. */
  boolean replaces() {
    return this == DELTA_IN_S3;
  }

  /** Of a stream that runs on, and that is quick to stop. */
  Map<String, String> settings() {
    Map<String, String> all = new HashMap<>();
    all.put("table.format", format);
    all.put("trigger.mode", "continuous");
    all.put("trigger.interval", "100ms");
    all.put("shutdown.timeout", "0ms");
    all.put("queue.pollers", "1");
    return all;
  }
}
