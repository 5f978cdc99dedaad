package io.millrace.convert;

import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes rows as data files of a table that nobody sees before they are committed. */
@FunctionalInterface
public interface TableWriter {

  /**
   * Runs the job that writes all rows.
   *
   * @param rows of exactly the table's columns
   * @return the files, with statistics and partition values
   */
  List<OutputFile> write(Dataset<Row> rows) throws IOException;
}
