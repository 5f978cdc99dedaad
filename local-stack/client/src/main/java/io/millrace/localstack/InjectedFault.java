package io.millrace.localstack;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A fault that is in force until it is closed. Safe for several threads. */
public final class InjectedFault implements AutoCloseable {
  private static final long POLL_MILLIS = 10;

  private final Control control;
  private final long id;

  InjectedFault(Control control, long id) {
    this.control = control;
    this.id = id;
  }

  /**
   * How many requests it has struck.
   *
   * @throws LocalStackException when it is closed
   */
  public long hits() {
    return control.call("hits", Map.of("id", id)).required("hits").asLong();
  }

  /**
   * Returns when it has struck {@code hits} requests or more.
   *
   * @throws LocalStackException when it has struck fewer at the end of {@code limit}
   */
  public void awaitHits(long hits, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long now = hits(); now < hits; now = hits()) {
      if (System.nanoTime() > end) {
        throw new LocalStackException(
            "the fault struck " + now + " requests in " + limit + ", not " + hits);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Ends the fault; requests that it stalls go on. */
  @Override
  public void close() {
    control.call("remove", Map.of("id", id));
  }
}
