package io.millrace.sink;

import io.millrace.convert.TableWriter;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.output.TableFiles;
import java.io.IOException;
import java.util.List;

/**
 * A table that holds its stream's committed offset itself, and changes with it in one atomic step.
 *
 * <p>One thread at a time.
 */
public interface TableSink extends TableWriter, TableFiles {

  /** The stream's committed offset, read from the table now. */
  CommittedOffset committed() throws IOException;

  /**
   * Looks whether the files that a commit would publish are still there as they were written.
   *
   * @throws FilesVanishedException when one is gone or has another size
   */
  void verify(List<OutputFile> files) throws IOException;

  /**
   * Publishes files, takes the rows of replaced ordinals out and moves the committed offset: all or
   * nothing. Where the table is at {@code commit.next()} already, it does nothing: an earlier try
   * had landed.
   *
   * @throws OffsetMismatchException when the table is neither at the expected offset nor at the
   *     next
   * @throws TableChangedException when the table no longer takes these files
   * @throws IOException when it failed or its outcome is not known; {@link #committed} tells
   */
  void commit(TableCommit commit) throws IOException;
}
