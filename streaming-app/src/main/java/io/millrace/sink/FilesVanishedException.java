package io.millrace.sink;

import org.jspecify.annotations.Nullable;

/** Files of a prepared batch are gone; the batch has to be converted again. */
public final class FilesVanishedException extends SinkException {
  public FilesVanishedException(String message) {
    super(message);
  }

  public FilesVanishedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
