package io.millrace.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.sink.BatchReport;
import io.millrace.sink.BatchReport.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What commits bring: objects, records, bytes, and how long it took. */
final class BatchMeters implements Consumer<BatchReport> {
  /** From a second to a day: the upper bounds of the latency's buckets. */
  static final List<Duration> LATENCY_BUCKETS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private static final String NO_REASON = "none";

  private final Meters meters;
  private final Counter objectBytes;
  private final Counter read;
  private final Counter converted;
  private final Counter malformed;
  private final Counter cut;
  private final Counter bytesRead;
  private final Counter nullTimestamps;
  private final Counter rolledForward;
  private final Timer batch;
  private final Timer latency;
  private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);
  private volatile double lastCommitSeconds = Double.NaN;

  BatchMeters(Meters meters) {
    this.meters = meters;
    this.objectBytes = meters.counter(MeterCatalog.OBJECT_BYTES);
    this.read = meters.counter(MeterCatalog.RECORDS_READ);
    this.converted = meters.counter(MeterCatalog.RECORDS_CONVERTED);
    this.malformed = meters.counter(MeterCatalog.RECORDS_MALFORMED);
    this.cut = meters.counter(MeterCatalog.RECORDS_CUT);
    this.bytesRead = meters.counter(MeterCatalog.RECORDS_BYTES);
    this.nullTimestamps = meters.counter(MeterCatalog.NULL_TIMESTAMPS);
    this.rolledForward = meters.counter(MeterCatalog.BATCH_ROLLED_FORWARD);
    this.batch = meters.timer(MeterCatalog.BATCH);
    this.latency = meters.histogram(MeterCatalog.LATENCY, LATENCY_BUCKETS.toArray(Duration[]::new));
    for (Phase phase : Phase.values()) {
      phases.put(phase, meters.timer(MeterCatalog.BATCH_PHASES, phase.label()));
    }
    for (Outcome.Kind kind : Outcome.Kind.values()) {
      outcomes(kind, NO_REASON);
    }
    files("main", List.of());
    files("quarantine", List.of());
    meters.gauge(MeterCatalog.LAST_COMMIT, () -> lastCommitSeconds);
  }

  @Override
  public void accept(BatchReport report) {
    lastCommitSeconds = report.committedAt().toEpochMilli() / 1e3;
    add(objectBytes, report.objectBytes());
    add(read, report.recordsConverted() + report.recordsQuarantined());
    add(converted, report.recordsConverted());
    add(malformed, report.recordsQuarantined());
    add(cut, report.recordsCut());
    add(bytesRead, report.bytesRead());
    add(nullTimestamps, report.nullTimestamps());
    files("main", report.batch().files());
    files("quarantine", report.batch().quarantineFiles());
    batch.record(report.duration());
    report.phases().forEach((phase, duration) -> phases.get(phase).record(duration));
    if (report.rolledForward()) {
      rolledForward.increment();
    }
    for (int i = 0; i < report.arrivals().size(); i++) {
      tell(report.arrivals().get(i), report.batch().outcomes().get(i), report.committedAt());
    }
  }

  private void tell(Arrival arrival, Outcome outcome, Instant committedAt) {
    outcomes(outcome.kind(), outcome.reason() == null ? NO_REASON : outcome.reason()).increment();
    if (outcome.kind() == Outcome.Kind.CONVERTED) {
      Duration age = Duration.between(arrival.object().eventTime(), committedAt);
      latency.record(age.isNegative() ? Duration.ZERO : age); // clocks differ
    }
  }

  private Counter outcomes(Outcome.Kind kind, String reason) {
    return meters.counter(MeterCatalog.OUTCOMES, kind.name().toLowerCase(Locale.ROOT), reason);
  }

  private void files(String table, List<OutputFile> written) {
    add(meters.counter(MeterCatalog.FILES, table), written.size());
    add(
        meters.counter(MeterCatalog.FILES_BYTES, table),
        written.stream().mapToLong(OutputFile::sizeBytes).sum());
  }

  private static void add(Counter counter, long more) {
    counter.increment((double) more);
  }
}
