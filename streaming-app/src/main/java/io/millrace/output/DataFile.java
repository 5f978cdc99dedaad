package io.millrace.output;

import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A data file that a task writes. For one thread.
 *
 * <p>Ends with {@link #finish}, or else nothing is left of it: {@link #close} without it takes the
 * file back, as {@link #abort} does.
 */
public abstract class DataFile extends OutputStream {

  /**
   * Makes durable what was written. Nobody sees it before the batch's commit.
   *
   * @param records its number of rows
   * @param stats Delta's per-file statistics as JSON, or null
   * @return all that the commit needs; serializable
   */
  public abstract OutputFile finish(long records, @Nullable String stats) throws IOException;

  /** Takes the file back, as far as that can be done now; does nothing to a finished one. */
  public abstract void abort();

  /**
   * Takes a finished file back, as far as that can be done now; nobody may have been told of it.
   */
  public abstract void takeBack();

  /** Bytes written so far. */
  public abstract long size();

  @Override
  public final void close() {
    abort();
  }

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
