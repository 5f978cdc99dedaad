package io.millrace.app.config;

/**
 * How one kind of value is written.
 *
 * @param name for the reference: "duration", "size", …
 */
record ValueType<T>(String name, Parser<T> parser, Printer<T> printer) {

  /** Reads what YAML made of the value; its exception's message says what is wrong. */
  interface Parser<T> {
    T parse(Object yaml);
  }

  /** The value as YAML would have it. */
  interface Printer<T> {
    Object print(T value);
  }
}
