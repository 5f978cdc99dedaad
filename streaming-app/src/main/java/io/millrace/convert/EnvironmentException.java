package io.millrace.convert;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that no object is to blame for: the store is out of order, access is lost for many
 * objects, credentials have expired. The batch is tried again; nothing is quarantined.
 */
public final class EnvironmentException extends IOException {
  public EnvironmentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
