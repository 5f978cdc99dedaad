package io.millrace.sink;

import org.jspecify.annotations.Nullable;

/**
 * The table's metadata changed since the files were written; the batch has to be converted again.
 */
public final class TableChangedException extends SinkException {
  public TableChangedException(String message) {
    super(message);
  }

  public TableChangedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
