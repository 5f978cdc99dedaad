package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.app.config.TriggerMode;
import io.millrace.intake.IntakeStatus;
import io.millrace.ledger.CommittedOffset;
import io.millrace.metrics.Health;
import io.millrace.metrics.Monitoring;
import io.millrace.metrics.StreamSources;
import io.millrace.plan.Planner;
import io.millrace.request.ProcessRequests;
import io.millrace.sink.BatchProtocol;
import io.millrace.sink.BatchReport;
import io.millrace.source.Admission;
import io.millrace.source.BatchSize;
import io.millrace.source.LiveStream;
import io.millrace.source.MillraceSource;
import io.millrace.source.OpenStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream at work: the composition root, and the life of its query. */
final class StreamApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamApplication.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private final AppConfig config;
  private final SparkSession spark;
  private final InstantSource clock;
  private final StreamInput input;
  private final BatchProtocol protocol;
  private final Monitoring monitoring;
  private final LedgerWatch watch;
  private final BatchTries tries;
  private final BatchRunner runner;
  private final LiveStream live;
  private final String token;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile @Nullable StreamingQuery query;
  private volatile boolean stopping;

  private StreamApplication(
      AppConfig config,
      SparkSession spark,
      InstantSource clock,
      StreamInput input,
      Admission admission,
      BatchProtocol protocol,
      BatchTries tries,
      BackOff backOff,
      Monitoring monitoring) {
    this.config = config;
    this.spark = spark;
    this.clock = clock;
    this.input = input;
    this.protocol = protocol;
    this.runner = new BatchRunner(protocol, backOff, tries);
    this.tries = tries;
    this.live = new LiveStream(admission, input.intake(), config.trigger().receiveLimit(), clock);
    this.token = OpenStreams.register(live);
    this.watch =
        new LedgerWatch(
            input.ledger(), input.intake()::throwIfFailed, LedgerWatch.INTERVAL, clock, this::fail);
    this.monitoring = monitoring;
    StreamHealth health =
        new StreamHealth(
            config.monitoring(),
            clock,
            this::isAdvancing,
            tries::status,
            input.intake()::isPolling,
            () -> input.intake().status().lastPoll(),
            () -> input.intake().status().lastError(),
            watch::lastLook);
    monitoring.watch(new Health(() -> failure.get() == null, health.checks()));
  }

  /**
   * Takes the stream over and opens its tables.
   *
   * @param progress where a line of JSON goes for each batch, or null
   */
  static StreamApplication open(
      AppConfig config, SparkSession spark, @Nullable Path progress, InstantSource clock)
      throws IOException {
    BackOff backOff =
        new BackOff(
            () -> ThreadLocalRandom.current().nextDouble(), wait -> Thread.sleep(wait.toMillis()));
    return open(config, spark, progress, clock, backOff);
  }

  static StreamApplication open(
      AppConfig config,
      SparkSession spark,
      @Nullable Path progress,
      InstantSource clock,
      BackOff backOff)
      throws IOException {
    StreamOutput output = StreamOutput.plan(config, spark);
    boolean known = output.checkTables();
    SparkCheckpoint.at(config.checkpoint(), spark.sparkContext().hadoopConfiguration())
        .refuseAnotherQuerys(config.stream());
    Monitoring monitoring = Monitoring.start(config.stream(), config.monitoring().bind(), clock);
    try {
      return open(config, spark, progress, clock, backOff, output, known, monitoring);
    } catch (IOException | RuntimeException e) {
      monitoring.close();
      throw e;
    }
  }

  private static StreamApplication open(
      AppConfig config,
      SparkSession spark,
      @Nullable Path progress,
      InstantSource clock,
      BackOff backOff,
      StreamOutput output,
      boolean known,
      Monitoring monitoring)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    StreamInput input = StreamInput.open(config, hadoop, clock, known);
    try {
      BatchTries tries = new BatchTries(clock);
      BatchSize size =
          new BatchSize(
              config.admission().targetDuration(),
              Planner.OPEN_COST_BYTES,
              () -> config.conversion().splitBytes() * spark.sparkContext().defaultParallelism());
      Admission admission = new Admission(input.ledger(), StreamInput.limits(config), size);
      List<FileSystem> files =
          List.of(
              files(config.ledgerPath(), hadoop),
              files(config.table().path(), hadoop),
              files(config.table().quarantinePath(), hadoop));
      Consumer<BatchReport> reports =
          new BatchLog(input.ledger())
              .andThen(new BatchPacer(size))
              .andThen(
                  monitoring.watch(
                      new StreamSources(
                          input.ledger(),
                          input.store(),
                          input.intake()::status,
                          input.queue(),
                          tries::status,
                          size::maxBytes,
                          input.requests()::counts,
                          () -> ProcessRequests.counts(files).plus(output.executors().value()),
                          spark.sparkContext())));
      if (progress != null) {
        reports = reports.andThen(new ProgressFile(progress, input.ledger()));
      }
      BatchProtocol protocol = output.open(input.ledger(), admission::end, clock, reports);
      return new StreamApplication(
          config, spark, clock, input, admission, protocol, tries, backOff, monitoring);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static FileSystem files(String directory, Configuration hadoop) throws IOException {
    return new org.apache.hadoop.fs.Path(directory).getFileSystem(hadoop);
  }

  /** Where metrics and health are told; empty where they are not. */
  Optional<InetSocketAddress> metricsAddress() {
    return monitoring.address();
  }

  /**
   * Runs until the trigger has nothing more to do or {@link #stop} is called.
   *
   * @throws StreamingQueryException when the query fails; its cause tells why
   */
  void run() throws IOException, StreamingQueryException, TimeoutException {
    CommittedOffset committed = protocol.catchUp();
    LOG.info(
        "stream {} goes on behind ordinal {}; its ledger {} ends at {}",
        config.stream(),
        committed.ordinal(),
        input.ledger().id(),
        input.ledger().head());
    SparkCheckpoint.at(config.checkpoint(), spark.sparkContext().hadoopConfiguration())
        .moveAsideUnlessUsable(input.ledger(), committed, clock);
    boolean continuous = config.trigger().mode() == TriggerMode.CONTINUOUS;
    if (continuous) {
      input.intake().start();
    }
    watch.start();
    StreamingQuery started = start(continuous);
    query = started;
    if (stopping) {
      started.stop();
    }
    await(started);
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    if (!continuous && !stopping) {
      requireAnAnswerOfTheQueue();
    }
  }

  /** What the ledger had is done, but a schedule must not take that for all there is. */
  private void requireAnAnswerOfTheQueue() throws SilentQueueException {
    IntakeStatus status = input.intake().status();
    if (status.lastPoll() == null) {
      throw new SilentQueueException(
          "the queue has not answered within %s (trigger.receive-limit%s): what it holds is left"
                  .formatted(
                      config.trigger().receiveLimit(),
                      status.lastError() == null ? "" : "; " + status.lastError().label())
              + " for the next run");
    }
  }

  /** What keeps the batch under way from being done, if anything; any thread. */
  Optional<Outage> outage() {
    return tries.outage();
  }

  private StreamingQuery start(boolean continuous) throws TimeoutException {
    Trigger trigger =
        continuous
            ? Trigger.ProcessingTime(config.trigger().interval().toMillis())
            : Trigger.AvailableNow();
    return spark
        .readStream()
        .format(MillraceSource.SHORT_NAME)
        .option(MillraceSource.LIVE_OPTION, token)
        .load()
        .writeStream()
        .queryName(config.stream())
        .option("checkpointLocation", config.checkpoint())
        .trigger(trigger)
        .foreachBatch(runner)
        .start();
  }

  private void await(StreamingQuery started) throws StreamingQueryException {
    try {
      started.awaitTermination();
    } catch (StreamingQueryException e) {
      if (!stopping) {
        throw e;
      }
      LOG.info("the batch under way was abandoned; the next start takes it up: {}", e.toString());
    }
  }

  /**
   * Ends the query: the batch under way is finished if it is done within the configured time, and
   * abandoned otherwise. Nothing is lost either way. Any thread.
   */
  void stop() throws TimeoutException {
    stopping = true;
    live.stopAdmitting();
    runner.stopRetrying();
    input.intake().close();
    StreamingQuery running = query;
    if (running != null) {
      awaitIdle(running, config.shutdownTimeout());
      end(running);
    }
  }

  private static void end(StreamingQuery running) throws TimeoutException {
    try {
      running.stop();
    } catch (IllegalStateException e) {
      if (running.isActive()) {
        throw e;
      }
      // The main thread saw the query's end first, and has stopped Spark already.
    }
  }

  private static void awaitIdle(StreamingQuery query, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (query.isActive() && query.status().isTriggerActive() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAdvancing() {
    StreamingQuery running = query;
    return running != null && running.isActive();
  }

  /** The watch found that the stream can't go on. */
  private void fail(RuntimeException cause) {
    failure.compareAndSet(null, cause);
    stopping = true;
    StreamingQuery running = query;
    if (running != null) {
      try {
        running.stop();
      } catch (TimeoutException e) {
        LOG.warn("the query does not end", e);
      }
    }
  }

  /** Lets go of everything but the Spark session. */
  @Override
  public void close() {
    watch.close();
    OpenStreams.unregister(token);
    input.close();
    monitoring.close();
  }
}
