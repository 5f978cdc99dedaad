package io.millrace.convert;

import io.millrace.output.TableFiles;

/** A table whose data files are written by a job of Spark's, or by tasks themselves. */
public interface FileTable extends TableWriter, TableFiles {}
