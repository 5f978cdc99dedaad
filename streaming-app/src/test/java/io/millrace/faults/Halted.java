package io.millrace.faults;

/**
 * The process has ended, as far as the outside can tell: whatever a thread of it does, nothing
 * leaves any more.
 */
final class Halted extends Error {
  private static final long serialVersionUID = 1;

  Halted(String message) {
    super(message);
  }
}
