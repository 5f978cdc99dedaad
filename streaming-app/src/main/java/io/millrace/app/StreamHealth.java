package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.metrics.HealthCheck;
import io.millrace.metrics.RetryStatus;
import io.millrace.queue.QueueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges whether a stream gets on: its query, its batches, its queue, its ledger. */
final class StreamHealth {
  private final AppConfig.Monitoring limits;
  private final InstantSource clock;
  private final Instant begin;
  private final BooleanSupplier advancing;
  private final Supplier<RetryStatus> tries;
  private final BooleanSupplier polling;
  private final Supplier<@Nullable Instant> lastPoll;
  private final Supplier<QueueException.@Nullable Kind> lastError;
  private final Supplier<Instant> lastLook;

  /**
   * Judges from now on.
   *
   * @param advancing whether the query is active
   * @param tries how the last tries to commit went
   * @param polling whether the queue is being polled
   * @param lastPoll when a poll last succeeded, or null
   * @param lastError what its last refusal was, or null
   * @param lastLook when the ledger last answered
   */
  StreamHealth(
      AppConfig.Monitoring limits,
      InstantSource clock,
      BooleanSupplier advancing,
      Supplier<RetryStatus> tries,
      BooleanSupplier polling,
      Supplier<@Nullable Instant> lastPoll,
      Supplier<QueueException.@Nullable Kind> lastError,
      Supplier<Instant> lastLook) {
    this.limits = limits;
    this.clock = clock;
    this.begin = clock.instant();
    this.advancing = advancing;
    this.tries = tries;
    this.polling = polling;
    this.lastPoll = lastPoll;
    this.lastError = lastError;
    this.lastLook = lastLook;
  }

  List<HealthCheck> checks() {
    return List.of(
        new HealthCheck("query", this::query),
        new HealthCheck("batches", this::batches),
        new HealthCheck("queue", this::queue),
        new HealthCheck("ledger", () -> silence("the ledger", lastLook.get())));
  }

  private Optional<String> query() {
    return advancing.getAsBoolean() ? Optional.empty() : Optional.of("the query is not running");
  }

  private Optional<String> batches() {
    RetryStatus status = tries.get();
    return status.inRow() < limits.maxFailedBatches()
        ? Optional.empty()
        : Optional.of(
            "%d tries in a row have failed since %s; %s, and it is tried again"
                .formatted(
                    status.inRow(),
                    status.since(),
                    status.environment() == null ? "the log says why" : status.environment()));
  }

  private Optional<String> queue() {
    if (!polling.getAsBoolean()) {
      return Optional.empty(); // nothing is asked of it
    }
    Instant last = lastPoll.get();
    QueueException.Kind error = lastError.get();
    return silence(
        error == null ? "the queue" : "the queue (%s)".formatted(error.label()),
        last == null ? begin : last);
  }

  private Optional<String> silence(String who, Instant last) {
    Duration silent = Duration.between(last, clock.instant());
    return silent.compareTo(limits.unreachableLimit()) <= 0
        ? Optional.empty()
        : Optional.of("%s has not answered since %s; it is tried again".formatted(who, last));
  }
}
