package io.millrace.app;

import io.millrace.metrics.RetryStatus;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Remembers how the last tries to commit a batch went. For several threads. */
final class BatchTries {
  private final InstantSource clock;
  private long failures;
  private int inRow;
  private @Nullable Instant failingSince;

  BatchTries(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void succeeded() {
    inRow = 0;
    failingSince = null;
  }

  synchronized void failed() {
    failures++;
    if (inRow++ == 0) {
      failingSince = clock.instant();
    }
  }

  synchronized RetryStatus status() {
    return new RetryStatus(failures, inRow, failingSince);
  }
}
