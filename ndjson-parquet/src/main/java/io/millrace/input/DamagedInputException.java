package io.millrace.input;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object's stored bytes are not what they should be: cut off, changed, or out of bounds. */
public final class DamagedInputException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  DamagedInputException(String name, long offset, String problem, @Nullable Throwable cause) {
    super("%s: %s".formatted(name, problem), cause);
    this.offset = offset;
  }

  /** How many stored bytes had been read when it was noticed: the damage is at or before this. */
  public long offset() {
    return offset;
  }
}
