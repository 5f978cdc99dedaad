package io.millrace.demo.check;

/** A line that is not a record of the schema. */
final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedLineException(String message) {
    super(message);
  }
}
