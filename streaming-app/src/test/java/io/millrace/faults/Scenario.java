package io.millrace.faults;

import java.util.HashMap;
import java.util.Map;

/** A stream's kind of table, and where its state lies; the quickest first. */
enum Scenario {
  PARQUET_ON_DISK("parquet", false),
  PARQUET_IN_S3("parquet", true),
  DELTA_IN_S3("delta", true);

  private final String format;
  private final boolean inS3;

  Scenario(String format, boolean inS3) {
    this.format = format;
    this.inS3 = inS3;
  }

  boolean inS3() {
    return inS3;
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
