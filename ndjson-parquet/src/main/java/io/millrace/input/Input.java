package io.millrace.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object whose stored bytes can be read from any offset on.
 *
 * <p>All streams and calls must be of one and the same version of it. Safe for several threads.
 */
public interface Input {
  /** What messages and quarantined records call it. */
  String name();

  /** How many bytes are stored. */
  long size() throws IOException;

  /**
   * Opens the bytes from an offset to the end.
   *
   * <p>Its {@code read(byte[], int, int)} is called with room for a whole block, and should not
   * copy the bytes more often than it must. A stream that ends early is taken as a break: the store
   * need not tell.
   *
   * @param offset from 0 to {@link #size}
   */
  InputStream open(long offset) throws IOException;
}
