package io.millrace.convert;

import org.jspecify.annotations.Nullable;

/** One object can't be converted; the rest of its batch can. */
final class ObjectTroubleException extends Exception {
  private final ObjectTrouble trouble;

  ObjectTroubleException(ObjectTrouble trouble, @Nullable Throwable cause) {
    super("arrival %d: %s".formatted(trouble.ordinal(), trouble), cause);
    this.trouble = trouble;
  }

  ObjectTrouble trouble() {
    return trouble;
  }
}
