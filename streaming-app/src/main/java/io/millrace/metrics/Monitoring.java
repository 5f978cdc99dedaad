package io.millrace.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.ledger.SizedLedgerStore;
import io.millrace.sink.BatchReport;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is told of one stream while it runs.
 *
 * <p>Listens before the stream is taken over: an application that can't leaves the stream to the
 * one that has it.
 */
public final class Monitoring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private final RuntimeMeters runtime;
  private final @Nullable MetricsServer server;
  private final InstantSource clock;
  private @Nullable QueueDepthWatch depth;
  private @Nullable Runnable detach;

  private Monitoring(
      PrometheusMeterRegistry registry, @Nullable MetricsServer server, InstantSource clock) {
    this.registry = registry;
    this.meters = new Meters(registry);
    this.runtime = new RuntimeMeters(meters, registry);
    this.server = server;
    this.clock = clock;
  }

  /**
   * Listens, where there is an address, and tells of the JVM.
   *
   * @throws MetricsException where it can't listen there
   */
  public static Monitoring start(String stream, Optional<BindAddress> bind, InstantSource clock) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags(Tags.of("stream", stream));
    MetricsServer server = bind.map(b -> MetricsServer.start(b, registry)).orElse(null);
    if (server != null) {
      LOG.info("metrics and health are at {}", url(server.address()));
    }
    return new Monitoring(registry, server, clock);
  }

  /**
   * Tells of a stream. Once.
   *
   * @return what is to be told of each committed batch
   */
  public Consumer<BatchReport> watch(StreamSources sources) {
    new IntakeMeters(meters, sources.intake());
    new RequestMeters(meters, sources.sqs(), sources.storage());
    meters.counter(MeterCatalog.BATCH_RETRIES, () -> sources.tries().get().failures());
    meters.gauge(MeterCatalog.BATCH_FAILING, () -> sources.tries().get().inRow());
    meters.gauge(MeterCatalog.BATCH_SIZE, () -> sources.maxBatchBytes().getAsLong());
    TaskMeters tasks = new TaskMeters(meters);
    sources.spark().addSparkListener(tasks);
    detach = () -> sources.spark().removeSparkListener(tasks);
    QueueDepthWatch watch = new QueueDepthWatch(meters, sources.queue(), QueueDepthWatch.INTERVAL);
    watch.start();
    depth = watch;
    ledgerSize(sources.ledgerFiles());
    LagMeters lag = new LagMeters(meters, sources.ledger(), clock);
    return new BatchMeters(meters).andThen(lag);
  }

  private void ledgerSize(SizedLedgerStore files) {
    for (String kind : SizedLedgerStore.kinds()) {
      meters.gauge(MeterCatalog.LEDGER_SIZE, () -> files.bytes(kind), kind);
    }
    if (server != null) {
      files.beginListing();
    }
  }

  /** Has this health told from now on. Once. */
  public void watch(Health health) {
    meters.gauge(MeterCatalog.READY, () -> health.report().ready() ? 1 : 0);
    health
        .checks()
        .forEach(
            check ->
                meters.gauge(
                    MeterCatalog.CHECKS,
                    () -> check.trouble().get().isEmpty() ? 1 : 0,
                    check.name()));
    if (server != null) {
      server.tell(health);
    }
  }

  /** Where it listens; empty where it does not. */
  public Optional<InetSocketAddress> address() {
    return server == null ? Optional.empty() : Optional.of(server.address());
  }

  private static String url(InetSocketAddress address) {
    return "http://%s:%d/metrics and /health".formatted(address.getHostString(), address.getPort());
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (depth != null) {
      depth.close();
    }
    if (detach != null) {
      detach.run();
    }
    runtime.close();
    registry.close();
  }
}
