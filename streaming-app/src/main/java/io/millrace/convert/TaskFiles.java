package io.millrace.convert;

import io.millrace.conversion.ConvertedFile;
import io.millrace.conversion.OutputStore;
import io.millrace.ledger.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The files of one attempt of a task: all of them are kept, or none. Their directories are Hive's,
 * {@code column=value/…}. For one thread.
 */
public interface TaskFiles extends OutputStore, Closeable {

  /**
   * Keeps the files, all of which are complete.
   *
   * @return what the table is told of them; nothing of it is visible before it is committed
   */
  List<OutputFile> keep(List<ConvertedFile> files) throws IOException;

  /** Gives up files that are not kept, complete or not, as far as the store lets it. */
  @Override
  void close();
}
