package io.millrace.demo.generate;

import java.time.Duration;

/** Waits between two objects, so that a person sees them come. */
public record Pace(Duration interval) {
  /** The longest wait, and how long all waits together may take. */
  static final Duration LONGEST = Duration.ofMillis(500);

  static final Duration LONGEST_TOTAL = Duration.ofSeconds(20);

  /** As fast as it goes. */
  public static final Pace NONE = new Pace(Duration.ZERO);

  /** Slow enough to be watched, for so many objects. */
  public static Pace watchable(int objects) {
    Duration share = LONGEST_TOTAL.dividedBy(Math.max(1, objects));
    return new Pace(share.compareTo(LONGEST) < 0 ? share : LONGEST);
  }

  void await() throws InterruptedException {
    Thread.sleep(interval.toMillis());
  }
}
