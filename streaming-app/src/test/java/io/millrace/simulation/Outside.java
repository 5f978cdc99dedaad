package io.millrace.simulation;

import java.io.IOException;

/**
 * A process's way to the world: at each call others may come first, the process may end, and the
 * answer may be an error.
 */
public interface Outside {

  /** What a call does when it gets there. */
  interface Effect<T> {
    T happen();
  }

  /** A call that changes nothing. */
  <T> T read(String what, Effect<T> effect) throws IOException;

  /**
   * A call that changes something.
   *
   * @throws IOException of unknown outcome: it may have had its effect, may have it later, or never
   */
  <T> T write(String what, Effect<T> effect) throws IOException;
}
