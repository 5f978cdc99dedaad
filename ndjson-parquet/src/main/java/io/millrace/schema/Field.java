package io.millrace.schema;

import static java.util.Objects.requireNonNull;

/**
 * A named part of a struct.
 *
 * @param nullable whether the Parquet column may hold null; a record that lacks a field that must
 *     not be null is malformed
 */
public record Field(String name, Type type, boolean nullable) {
  public Field {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
  }

  /** A field that may be null. */
  public static Field of(String name, Type type) {
    return new Field(name, type, true);
  }
}
