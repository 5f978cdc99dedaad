package io.millrace.benchmarks.parquet;

import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;

/** A kind of record, with values that do not repeat from record to record more than real ones. */
interface Shape {
  Type.Struct schema();

  /** Appends one record. */
  void append(RecordBatch batch, Values values);

  /** The shape of that name. */
  static Shape of(String name) {
    return switch (name) {
      case "clicks" -> new Clicks();
      case "packages" -> new Packages();
      case "tweets" -> new Tweets();
      default -> throw new IllegalArgumentException("no shape " + name);
    };
  }
}
