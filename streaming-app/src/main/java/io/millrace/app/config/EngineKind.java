package io.millrace.app.config;

/** What converts. */
public enum EngineKind {
  /** The library, on the executors. */
  DIRECT,
  /** Spark's own JSON parser and Parquet writer. */
  SPARK
}
