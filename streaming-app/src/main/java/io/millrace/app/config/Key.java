package io.millrace.app.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration.
 *
 * @param name dotted
 * @param type how its value is written, with bounds
 * @param standard the value where none is given; null where there is none
 * @param required whether there must be a value
 * @param meaning one sentence for the reference
 */
record Key<T>(
    String name, ValueType<T> type, @Nullable T standard, boolean required, String meaning) {

  static <T> Key<T> required(String name, ValueType<T> type, String meaning) {
    return new Key<>(name, type, null, true, meaning);
  }

  static <T> Key<T> optional(String name, ValueType<T> type, String meaning) {
    return new Key<>(name, type, null, false, meaning);
  }

  static <T> Key<T> withDefault(String name, ValueType<T> type, T standard, String meaning) {
    return new Key<>(name, type, standard, false, meaning);
  }

  /** The default as the reference shows it. */
  String standardText() {
    if (required) {
      return "required";
    }
    return standard == null ? "none" : String.valueOf(type.printer().print(standard));
  }
}
