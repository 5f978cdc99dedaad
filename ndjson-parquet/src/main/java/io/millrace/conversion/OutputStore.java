package io.millrace.conversion;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the files of a conversion. Whether and when they become visible is its own affair. Safe for
 * several threads.
 */
public interface OutputStore {
  /**
   * Begins a file.
   *
   * @param path relative, with {@code /} between directories; never asked for twice
   * @return to be closed once complete; need not buffer
   */
  OutputStream create(String path) throws IOException;
}
