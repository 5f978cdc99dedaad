package io.millrace.simulation;

/** Something that must hold does not. */
final class InvariantException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvariantException(String message) {
    super(message);
  }
}
