package io.millrace.simulation;

import java.util.Random;

/** How often what goes wrong in one schedule. */
final class Faults {
  private final Random random;
  private double failed;
  private double lost;
  private double late;

  /** What becomes of a call. */
  enum Fault {
    NONE,
    /** It is refused, as by throttling or another write of the same name under way. */
    FAILED,
    /** It has its effect, and an error for an answer. */
    LOST,
    /** It has an error for an answer, and its effect later. */
    LATE
  }

  /** Of one kind of schedule or another. */
  Faults(Random random) {
    this.random = random;
    double most = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.15;
    failed = random.nextDouble() * most;
    lost = random.nextDouble() * most;
    late = random.nextBoolean() ? 0 : random.nextDouble() * most;
  }

  /** From now on all goes well. */
  void stop() {
    failed = 0;
    lost = 0;
    late = 0;
  }

  Fault ofWrite() {
    double drawn = random.nextDouble();
    if (drawn < failed) {
      return Fault.FAILED;
    }
    if (drawn < failed + lost) {
      return Fault.LOST;
    }
    return drawn < failed + lost + late ? Fault.LATE : Fault.NONE;
  }

  boolean failsRead() {
    return random.nextDouble() < failed;
  }
}
