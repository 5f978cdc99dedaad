package io.millrace.faults;

/**
 * Something that goes wrong once: when the site is reached for the first time.
 *
 * @param site as {@link Injector#sites} has it
 */
record Fault(String site, FaultKind kind) {
  @Override
  public String toString() {
    return site + " " + kind;
  }
}
