package io.millrace.plan;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How fast recent batches went: each counts half as much once {@link #HALF_LIFE} of work has come
 * after it. For one thread.
 */
public final class Pace {
  /** Of batches' own time, so that an idle night forgets nothing. */
  public static final Duration HALF_LIFE = Duration.ofMinutes(10);

  private double seconds;
  private double objects;
  private double bytes;

  /** A batch that was converted, and how long it took. */
  public void observe(long batchObjects, long batchBytes, Duration duration) {
    double batchSeconds = Math.max(1, duration.toMillis()) / 1e3;
    double kept = Math.pow(0.5, batchSeconds / HALF_LIFE.toSeconds());
    seconds = seconds * kept + batchSeconds;
    objects = objects * kept + batchObjects;
    bytes = bytes * kept + batchBytes;
  }

  /**
   * How long so much takes: as long as its bytes or its objects did, whichever is longer. Zero for
   * nothing; empty before anything was observed.
   */
  public OptionalDouble secondsFor(long moreObjects, long moreBytes) {
    if (moreObjects == 0) {
      return OptionalDouble.of(0);
    }
    if (objects == 0) {
      return OptionalDouble.empty();
    }
    double byObjects = moreObjects * seconds / objects;
    double byBytes = bytes == 0 ? 0 : moreBytes * seconds / bytes;
    return OptionalDouble.of(Math.max(byObjects, byBytes));
  }
}
