package io.millrace.metrics;

import io.millrace.ledger.Backlog;
import io.millrace.ledger.Ledger;
import io.millrace.plan.Pace;
import io.millrace.sink.BatchReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** How far the stream is, and how far behind. */
final class LagMeters implements Consumer<BatchReport> {
  private final Ledger ledger;
  private final InstantSource clock;
  private final Pace pace = new Pace();
  private final long waitingAtStart;
  private long committedBytes;
  private long arrivedBytes;

  LagMeters(Meters meters, Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.waitingAtStart = ledger.backlog().bytes();
    meters.gauge(MeterCatalog.LAG_OBJECTS, () -> ledger.backlog().objects());
    meters.gauge(MeterCatalog.LAG_BYTES, () -> ledger.backlog().bytes());
    meters.gauge(MeterCatalog.LAG_SECONDS, this::oldestAge);
    meters.gauge(MeterCatalog.LAG_DRAIN, this::drainSeconds);
    meters.gauge(MeterCatalog.COMMITTED_ORDINAL, () -> ledger.committed().ordinal());
    meters.gauge(MeterCatalog.LEDGER_HEAD, ledger::head);
    meters.gauge(MeterCatalog.LEDGER_SEGMENTS, ledger::segments);
    meters.gauge(MeterCatalog.LEDGER_REPLAY, ledger::segmentsToReplay);
    meters.gauge(MeterCatalog.LEDGER_KEYS, ledger::snapshotKeys);
    meters.gauge(MeterCatalog.LEDGER_HISTORY, ledger::historyRows);
    meters.counter(MeterCatalog.ARRIVALS_BYTES, this::arrivedBytes);
  }

  @Override
  public synchronized void accept(BatchReport report) {
    committedBytes += report.objectBytes();
    if (!report.rolledForward()) {
      pace.observe(report.objects(), report.objectBytes(), report.duration());
    }
  }

  private double oldestAge() {
    Instant oldest = ledger.backlog().oldestEventTime();
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
  }

  private synchronized double drainSeconds() {
    Backlog backlog = ledger.backlog();
    OptionalDouble seconds = pace.secondsFor(backlog.objects(), backlog.bytes());
    return seconds.orElse(Double.NaN);
  }

  /**
   * What is committed or waits, less what waited at the start. A commit takes from the waiting a
   * little before it is told here: the count must not fall in between.
   */
  private synchronized double arrivedBytes() {
    long now = committedBytes + ledger.backlog().bytes() - waitingAtStart;
    arrivedBytes = Math.max(arrivedBytes, now);
    return arrivedBytes;
  }
}
