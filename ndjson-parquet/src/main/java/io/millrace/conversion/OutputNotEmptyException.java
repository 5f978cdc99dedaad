package io.millrace.conversion;

import java.io.IOException;
import java.nio.file.Path;

/** There is something where the output should go. */
public final class OutputNotEmptyException extends IOException {
  private static final long serialVersionUID = 1L;

  OutputNotEmptyException(Path directory) {
    super(
        "%s is not empty; choose another directory, or replace what is in it with --overwrite"
            .formatted(directory));
  }
}
