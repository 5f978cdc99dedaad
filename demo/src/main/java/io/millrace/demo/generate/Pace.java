package io.millrace.demo.generate;

import java.time.Duration;

/** Waits between two objects. */
@FunctionalInterface
public interface Pace {
  /** The longest wait of {@link #watchable}, and how long all of its waits together may take. */
  Duration LONGEST = Duration.ofMillis(500);

  Duration LONGEST_TOTAL = Duration.ofSeconds(20);

  /** As fast as it goes. */
  Pace NONE = () -> {};

  /** Slow enough to be watched by a person, for so many objects. */
  static Pace watchable(int objects) {
    Duration share = LONGEST_TOTAL.dividedBy(Math.max(1, objects));
    Duration interval = share.compareTo(LONGEST) < 0 ? share : LONGEST;
    return () -> Thread.sleep(interval.toMillis());
  }

  void await() throws InterruptedException;
}
