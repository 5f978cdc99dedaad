package io.millrace.faults;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One run of the matrix: some faults, and when they are there.
 *
 * @param faults the last is the one that the cell is about; those before it lead there
 */
record Cell(Scenario scenario, Moment moment, List<Fault> faults) {
  /** When the faults are placed. */
  enum Moment {
    /** Before an object of two records arrives. */
    LITTLE,
    /** Before something of everything arrives. */
    ALL,
    /** Before the application is stopped and started again. */
    RESTART,
    /** The same, while Spark's checkpoint loses a part. */
    WORN_CHECKPOINT,
    /** Before the first start of a stream. */
    FIRST_START
  }

  /** The same faults at another moment. */
  Cell at(Moment other) {
    return new Cell(scenario, other, faults);
  }

  boolean halts() {
    return faults.stream().anyMatch(fault -> fault.kind().halts());
  }

  /** A name by which it can be run alone. */
  String label() {
    return "%s: %s"
        .formatted(
            scenario, faults.stream().map(Fault::toString).collect(Collectors.joining(", then ")));
  }
}
