package io.millrace.source;

import static java.util.Objects.requireNonNull;

import io.millrace.intake.Intake;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Backlog;
import io.millrace.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open stream that a query's source works on: what may be admitted, and from where.
 *
 * <p>Ledger and intake stay their maker's, unless the stream is {@link #standalone}. Safe for
 * several threads.
 */
public final class LiveStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  /** What says how far the stream's reader is. */
  private enum Truth {
    /** The table, by way of the ledger's committed offset. */
    TABLE,
    /** Spark's checkpoint. */
    CHECKPOINT
  }

  private final ArrivalLog log;
  private final Receiver receiver;
  private final Admission admission;
  private final Duration receiveLimit;
  private final InstantSource clock;
  private final Truth truth;
  private final Runnable closer;
  private final Object lifecycle = new Object();
  private boolean started;
  private volatile @Nullable Long target;
  private volatile boolean admitting = true;

  /**
   * The application's stream: batches begin at the ledger's committed offset, which the table
   * decides, and Spark's offsets are advice. Whoever has made the intake starts it, but not where
   * the trigger is available-now.
   *
   * @param intake what fills the ledger, or null where nothing does
   * @param receiveLimit how long the available-now trigger receives at most
   */
  public LiveStream(
      Admission admission, @Nullable Intake intake, Duration receiveLimit, InstantSource clock) {
    this(admission, Receiver.of(intake), receiveLimit, clock, Truth.TABLE, () -> {});
  }

  private LiveStream(
      Admission admission,
      Receiver receiver,
      Duration receiveLimit,
      InstantSource clock,
      Truth truth,
      Runnable closer) {
    if (receiveLimit.isNegative() || receiveLimit.isZero()) {
      throw new IllegalArgumentException("receiveLimit must be positive, not " + receiveLimit);
    }
    this.admission = admission;
    this.log = admission.log();
    this.receiver = receiver;
    this.receiveLimit = receiveLimit;
    this.clock = requireNonNull(clock, "clock");
    this.truth = truth;
    this.closer = requireNonNull(closer, "closer");
  }

  /**
   * A stream whose rows go to a program without a table of ours: Spark's checkpoint says how far it
   * is. The query starts the intake, and calls {@code closer} when it ends.
   */
  public static LiveStream standalone(
      Ledger ledger,
      @Nullable Intake intake,
      AdmissionLimits limits,
      Duration receiveLimit,
      InstantSource clock,
      Runnable closer) {
    return standalone(
        ArrivalLog.of(ledger), Receiver.of(intake), limits, receiveLimit, clock, closer);
  }

  static LiveStream standalone(
      ArrivalLog log,
      Receiver receiver,
      AdmissionLimits limits,
      Duration receiveLimit,
      InstantSource clock,
      Runnable closer) {
    return new LiveStream(
        Admission.of(log, limits), receiver, receiveLimit, clock, Truth.CHECKPOINT, closer);
  }

  static LiveStream ofApplication(
      Admission admission, Receiver receiver, Duration receiveLimit, InstantSource clock) {
    return new LiveStream(admission, receiver, receiveLimit, clock, Truth.TABLE, () -> {});
  }

  /**
   * Lets the query take nothing more, for good: the batch under way is the last one, and the query
   * is idle after it.
   */
  public void stopAdmitting() {
    admitting = false;
  }

  /** Ends a {@link #standalone} stream; nothing for the application's. */
  @Override
  public void close() {
    closer.run();
  }

  UUID ledgerId() {
    return log.id();
  }

  String name() {
    return log.stream();
  }

  AdmissionLimits limits() {
    return admission.limits();
  }

  long head() {
    return log.head();
  }

  /** Where the rows of a query begin that Spark would begin behind {@code sparkStart}. */
  long base(long sparkStart) {
    return truth == Truth.TABLE ? Math.max(sparkStart, log.committed()) : sparkStart;
  }

  /**
   * Where the next batch ends; empty where there is none. No request where nothing waits.
   *
   * @param sparkStart where Spark would begin it
   */
  OptionalLong admit(long sparkStart, AdmissionLimits most) {
    receiver.throwIfFailed();
    if (!admitting) {
      return OptionalLong.empty();
    }
    receive();
    Long frozen = target;
    long last = frozen == null ? log.head() : frozen;
    long from = base(sparkStart);
    if (from >= last) {
      return OptionalLong.empty();
    }
    long to = admission.end(from, last, most);
    return to > from ? OptionalLong.of(to) : OptionalLong.empty();
  }

  /**
   * Receives what was sent before now, within the limit, and admits nothing that the ledger gets
   * later. Once: a query that is started again on this stream keeps the first one's target.
   */
  void freeze() throws InterruptedException {
    synchronized (lifecycle) {
      if (target != null) {
        return;
      }
      started = true;
      Instant now = clock.instant();
      if (!receiver.takeUntil(now, receiveLimit)) {
        LOG.warn(
            "Stream {}: the queue did not answer, or still held messages sent before {}, when the"
                + " receive limit of {} was over; they are left for the next run",
            name(),
            now,
            receiveLimit);
      }
      target = log.head();
    }
  }

  /** The arrivals of a range that are still to be done. */
  List<Arrival> arrivals(long fromExclusive, long toInclusive) {
    long from = base(fromExclusive);
    return from >= toInclusive ? List.of() : log.arrivals(from, toInclusive);
  }

  /** What waits behind the committed offset. Of a standalone stream only the objects are known. */
  Map<String, String> metrics(long sparkEnd) {
    if (truth == Truth.CHECKPOINT) {
      return SourceMetrics.ofCheckpoint(log.head(), sparkEnd);
    }
    Backlog backlog = log.backlog();
    return SourceMetrics.ofTable(log.head(), log.committed(), backlog, clock.instant());
  }

  private void receive() {
    if (truth == Truth.CHECKPOINT) {
      synchronized (lifecycle) {
        if (!started) {
          started = true;
          receiver.start();
        }
      }
    }
  }
}
