package io.millrace.output;

import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.util.List;

/** What an engine gets of a table: a place for files, on the driver. One thread at a time. */
public interface TableFiles {

  /** The place for the files of the batch that is converted now; asked for anew for each run. */
  DataFiles dataFiles() throws IOException;

  /** The columns of the first level that files have statistics of; none where all do. */
  default List<String> statisticsColumns() {
    return List.of();
  }

  /**
   * Takes finished files back that the batch goes without, because it is converted once more.
   *
   * @param files of {@link DataFile#finish}
   */
  void discard(List<OutputFile> files) throws IOException;
}
