package io.millrace.convert;

import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.util.List;

/** A table whose data files may be written by tasks themselves. */
public interface FileTable extends TableWriter {

  /**
   * Where to write them.
   *
   * @throws IOException when the table can't be written to now
   */
  TableFiles files() throws IOException;

  /** Deletes files that were written and will never be committed; what fails is left over. */
  void discard(List<OutputFile> files);
}
