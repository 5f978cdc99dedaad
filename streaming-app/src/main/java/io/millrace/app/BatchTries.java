package io.millrace.app;

import io.millrace.convert.EnvironmentException;
import io.millrace.metrics.RetryStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers how the last tries to commit a batch went. For several threads. */
final class BatchTries {
  private final InstantSource clock;
  private long failures;
  private @Nullable Outage outage;

  BatchTries(InstantSource clock) {
    this.clock = clock;
  }

  /** Ends the outage, and returns it where there was one. */
  synchronized Optional<Outage> succeeded() {
    Optional<Outage> over = outage();
    outage = null;
    return over;
  }

  /** Adds a failure to the outage, or begins one. */
  synchronized Outage failed(IOException failure) {
    String reason = String.valueOf(failure.getMessage());
    failures++;
    int inRow = outage == null ? 1 : outage.failures() + 1;
    Instant since = outage == null ? clock.instant() : outage.since();
    Outage now = new Outage(inRow, since, reason, failure instanceof EnvironmentException);
    outage = now;
    return now;
  }

  /** What is out of order now, if anything. */
  synchronized Optional<Outage> outage() {
    return Optional.ofNullable(outage);
  }

  synchronized RetryStatus status() {
    Outage now = outage;
    return now == null
        ? new RetryStatus(failures, 0, null, null)
        : new RetryStatus(
            failures, now.failures(), now.since(), now.common() ? now.reason() : null);
  }
}
