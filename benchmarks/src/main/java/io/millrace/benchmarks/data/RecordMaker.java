package io.millrace.benchmarks.data;

/** Makes the records of one file, one after the other. */
interface RecordMaker {
  /** Appends the next record, without line end. */
  void append(JsonText json);
}
