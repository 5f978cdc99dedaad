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

  LagMeters(Meters meters, Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
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
    meters.counter(MeterCatalog.ARRIVALS_BYTES, ledger::appendedBytes);
  }

  @Override
  public synchronized void accept(BatchReport report) {
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
}
