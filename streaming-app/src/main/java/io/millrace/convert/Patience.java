package io.millrace.convert;

import java.time.Duration;

/**
 * When an object whose trouble may be everybody's is quarantined all the same.
 *
 * @param maxDeniedAtOnce so many objects of a bucket may be denied in one batch while others of it
 *     are not, and are quarantined at once; more look like a policy that is wrong
 * @param proven how long an object is tried in vain while others can be read; time in which nothing
 *     can be read does not count
 */
public record Patience(int maxDeniedAtOnce, Duration proven) {
  public static final int DEFAULT_MAX_DENIED_AT_ONCE = 10;
  public static final Duration DEFAULT_PROVEN = Duration.ofHours(2);

  public Patience {
    if (maxDeniedAtOnce < 0 || proven.isNegative()) {
      throw new IllegalArgumentException(
          "patience can't be negative: %d objects, %s".formatted(maxDeniedAtOnce, proven));
    }
  }

  public static Patience defaults() {
    return new Patience(DEFAULT_MAX_DENIED_AT_ONCE, DEFAULT_PROVEN);
  }
}
