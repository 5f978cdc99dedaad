package io.millrace.output;

import static java.util.Objects.requireNonNull;

import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * One stream's data files in a directory, between their last byte and the commit that shows them.
 *
 * <p>Every method may be called again after it failed, here or in another process. Safe for several
 * threads.
 */
public interface PendingFiles {

  /** Where the tasks of one attempt write. */
  DataFiles writersOf(BatchName batch);

  /** Whether {@link #publish} would succeed: the file is pending, or visible as it was written. */
  boolean isIntact(OutputFile file) throws IOException;

  /**
   * Shows the file whole under its path, if that has not happened before.
   *
   * @return false where there is neither a pending file nor a visible one that is the same
   */
  boolean publish(OutputFile file) throws IOException;

  /** Takes a pending file back, so that nobody can publish it any more; never a visible one. */
  void takeBack(OutputFile file) throws IOException;

  /**
   * Takes a file back, pending or visible. Only for an attempt that can never be committed: see
   * {@code CommitLog}.
   */
  void remove(OutputFile file) throws IOException;

  /** Everything of this stream that is pending now. One listing. */
  List<Leftover> pending() throws IOException;

  void takeBack(Leftover leftover) throws IOException;

  /**
   * A pending file, found by listing.
   *
   * @param batch whose it is
   * @param path where it would be visible, relative to the table, or what stands for it
   * @param id {@code Pending.id()} of its description
   * @param since when it was begun, by the store's clock
   */
  record Leftover(BatchName batch, String path, String id, Instant since) {
    public Leftover {
      requireNonNull(batch, "batch");
      requireNonNull(path, "path");
      requireNonNull(id, "id");
      requireNonNull(since, "since");
    }
  }
}
