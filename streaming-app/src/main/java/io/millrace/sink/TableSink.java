package io.millrace.sink;

import io.millrace.convert.FileTable;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.output.BatchName;
import java.io.IOException;
import java.util.List;

/**
 * A table that holds its stream's committed offset itself: in a Delta table it changes with the
 * rows in one atomic step, in a directory of Parquet files it follows them.
 *
 * <p>One thread at a time.
 */
public interface TableSink extends FileTable {

  /** The stream's committed offset, read from the table now. */
  CommittedOffset committed() throws IOException;

  /** What is written from now on belongs to this attempt. */
  default void begin(BatchName attempt) {}

  /**
   * Takes back whatever tasks have written for an attempt that failed before its prepared record,
   * and may still be writing. Only by the stream's owner.
   */
  default void abandon(BatchName attempt) throws IOException {}

  /**
   * Takes back what earlier processes left: files that can't be published any more.
   *
   * @param named the files of all prepared records that may yet be committed
   */
  default void sweep(List<OutputFile> named) throws IOException {}

  /**
   * Looks whether the files that a commit would publish are still there as they were written.
   *
   * @throws FilesVanishedException when one is gone or has another size
   */
  void verify(List<OutputFile> files) throws IOException;

  /**
   * Sees to it that no earlier attempt at the batch can be committed any more, by whomever; before
   * what goes with that one is taken back elsewhere. Where the table is at {@code commit.next()}
   * already, it does nothing.
   *
   * @throws OffsetMismatchException when the table is neither at the expected offset nor at the
   *     next, or a later attempt was announced
   * @throws IOException when it failed or its outcome is not known; to be called again
   */
  void announce(TableCommit commit) throws IOException;

  /**
   * Publishes files, takes the rows of replaced ordinals out and moves the committed offset: all or
   * nothing. Where the table is at {@code commit.next()} already, it does nothing: an earlier try
   * had landed.
   *
   * @throws OffsetMismatchException when the table is neither at the expected offset nor at the
   *     next, or a later attempt was announced
   * @throws FilesVanishedException when a file can't be published, for it is gone
   * @throws TableChangedException when the table no longer takes these files
   * @throws IOException when it failed or its outcome is not known; {@link #committed} tells
   */
  void commit(TableCommit commit) throws IOException;
}
