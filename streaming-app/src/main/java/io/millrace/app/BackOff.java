package io.millrace.app;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Waits between tries: doubling, bounded, with jitter, and afresh after a success. */
final class BackOff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(2);

  private final DoubleSupplier random;
  private final Sleeper sleeper;
  private int failures;

  /** Sleeps; in tests it only notes that it was asked to. */
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * @param random from 0 inclusive to 1 exclusive
   */
  BackOff(DoubleSupplier random, Sleeper sleeper) {
    this.random = random;
    this.sleeper = sleeper;
  }

  void succeeded() {
    failures = 0;
  }

  /** The wait after one more failure: between half and all of the doubled one. */
  Duration failed() {
    long doubled = FIRST.toMillis() << Math.min(failures++, 20);
    long bounded = Math.min(doubled, LONGEST.toMillis());
    return Duration.ofMillis((long) (bounded * (0.5 + random.getAsDouble() / 2)));
  }

  void waitFor(Duration duration) throws InterruptedException {
    sleeper.sleep(duration);
  }
}
