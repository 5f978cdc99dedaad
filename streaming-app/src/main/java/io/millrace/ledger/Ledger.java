package io.millrace.ledger;

import io.millrace.ledger.Segment.Owner;
import io.millrace.notification.Notification;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream's memory, owned by this process from {@link #takeOver} until another takes it over.
 *
 * <p>All methods are safe for several threads; those that write return when what they wrote is
 * durable. Each throws {@link LedgerFencedException} once another process owns the stream, and
 * {@link LedgerException} for what no retry mends. A store that is out of order for a while is
 * waited for, with back-off, until the thread is interrupted.
 *
 * <p>Start-up reads the newest snapshot and the segments after it. What is known of an object
 * leaves memory when its outcome is older than the retention; it is then known from the history.
 */
public final class Ledger implements AutoCloseable {
  /** How long {@link #close} waits for a snapshot that is being written. */
  static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final PatientStore store;
  private final String stream;
  private final LedgerSettings settings;
  private final UUID id;
  private final Owner owner;
  private final Fence fence;
  private final SegmentLog log;
  private final LedgerState state;
  private final Appender appender;
  private final PreparedRecords prepared;
  private final Requests requests;
  private final ExecutorService background;
  private final Snapshots snapshots;
  private final SnapshotWriter snapshotWriter;
  private final AtomicLong rejectedFiles = new AtomicLong();
  private volatile long knownCommitted;

  private Ledger(
      LedgerStore store, String stream, LedgerSettings settings, Surroundings surroundings) {
    InstantSource clock = surroundings.clock();
    ReadAhead reads = new ReadAhead(surroundings.readers());
    this.store = new PatientStore(store, surroundings.pause());
    this.stream = stream;
    this.settings = settings;
    this.background = surroundings.background();
    this.id = Takeover.identity(this.store, stream, surroundings.nonces().get());
    this.log = new SegmentLog(this.store, reads);
    this.state = new LedgerState(settings, this.store, reads, clock);
    Recovery recovery = new Recovery(this.store, reads, log, state);
    recovery.run();
    this.owner = Takeover.run(log, clock, surroundings.nonces().get(), recovery);
    this.fence = new Fence(log, owner, surroundings.fenced());
    Optional<Segment> last = recovery.last();
    this.knownCommitted =
        Math.max(
            state.committed().ordinal(),
            last.map(Segment::committed).orElse(CommittedOffset.NONE).ordinal());
    this.prepared = new PreparedRecords(this.store, owner.nonce());
    this.requests =
        new Requests(this.store, owner.nonce(), last.map(Segment::nextRequest).orElse(1L));
    long lastOrdinal = last.map(Segment::lastOrdinal).orElse(0L);
    this.appender = new Appender(log, state, clock, fence, lastOrdinal, this::segment);
    Optional<Snapshot> snapshot = recovery.snapshot();
    this.snapshots =
        new Snapshots(
            surroundings.snapshots(),
            log,
            state.waiting(),
            background,
            snapshot.map(Snapshot::number).orElse(0L),
            snapshot.map(Snapshot::lastOrdinal).orElse(0L),
            snapshot.map(Snapshot::keys).orElse(0L));
    this.snapshotWriter =
        new SnapshotWriter(
            this.store, state, appender, owner.nonce(), clock, snapshots::goOn, this::checkOwner);
  }

  /** Opens the stream's ledger, or makes a new one, and fences off whoever had it before. */
  public static Ledger takeOver(
      LedgerStore store, String stream, LedgerSettings settings, InstantSource clock) {
    return takeOver(store, stream, settings, Surroundings.of(clock));
  }

  /**
   * The same, with its own idea of when and where snapshots are written.
   *
   * @param background ended by {@link #close}
   */
  static Ledger takeOver(
      LedgerStore store,
      String stream,
      LedgerSettings settings,
      InstantSource clock,
      SnapshotPolicy policy,
      ExecutorService background) {
    return takeOver(store, stream, settings, Surroundings.of(clock, policy, background));
  }

  static Ledger takeOver(
      LedgerStore store, String stream, LedgerSettings settings, Surroundings surroundings) {
    return new Ledger(store, stream, settings, surroundings);
  }

  /** The ledger's identity, made when it was begun. */
  public UUID id() {
    return id;
  }

  public String stream() {
    return stream;
  }

  /**
   * Records what is not known yet; ordinals go by the list's order. Calls of several threads share
   * a write where they can.
   */
  public AppendResult append(List<Notification> notifications) {
    AppendResult result = appender.append(notifications);
    snapshots.writeIfDue(snapshotWriter::write, appender::note);
    return result;
  }

  /** Keeps messages that could not be understood. */
  public void reject(List<RejectedMessage> messages) {
    String name = LedgerNames.rejected(owner.epoch(), rejectedFiles.incrementAndGet());
    byte[] file = RejectedCodec.encode(owner.nonce(), messages, settings.maxRejectedBodyBytes());
    if (!store.putIfAbsent(name, file)) {
      fence.outrun();
    }
  }

  /** The highest ordinal that is durable, 0 in a new ledger. Costs no request. */
  public long head() {
    return state.waiting().head();
  }

  /**
   * Where a batch that begins after {@code from} ends: at most {@code maxObjects} arrivals and
   * {@code maxBytes} bytes, but one arrival at least. Arrivals born superseded count as no bytes.
   *
   * @param bytesAnObject counted for each arrival besides its bytes
   * @return {@code from} where nothing waits
   */
  public long admissible(long from, long maxObjects, long maxBytes, long bytesAnObject) {
    return state.waiting().admissible(from, maxObjects, maxBytes, bytesAnObject);
  }

  /** How many segments the ledger has. Costs no request. */
  public long segments() {
    return log.head();
  }

  /** How many segments follow the newest snapshot: what a start would read. Costs no request. */
  public long segmentsToReplay() {
    return log.head() - snapshots.newest();
  }

  /** How many objects the newest snapshot remembers in memory. Costs no request. */
  public long snapshotKeys() {
    return snapshots.keys();
  }

  /** How many entries have left memory for the history. Costs no request. */
  public long historyRows() {
    return state.history().runs().stream().mapToLong(HistoryRun::rows).sum();
  }

  /** The arrivals of a range, ascending; any range up to the head, however old. */
  public List<Arrival> arrivals(long fromExclusive, long toInclusive) {
    return log.arrivals(fromExclusive, toInclusive);
  }

  /** Bytes of the arrivals that this process has appended, but for those that are never read. */
  public long appendedBytes() {
    return appender.appendedBytes();
  }

  /** What waits after the committed offset. Costs no request. */
  public Backlog backlog() {
    return state.waiting().backlog();
  }

  /**
   * Tells what the table says of itself at start: every batch up to there is committed, as its
   * prepared record has it.
   *
   * @throws LedgerFencedException where another process has taken the stream over meanwhile: the
   *     table is then where that one brought it
   * @throws LedgerException where the table is ahead of the head, or behind what the ledger knows
   *     to be committed: the two do not belong together
   */
  public synchronized void catchUp(CommittedOffset table) {
    if (table.ordinal() > head() || table.ordinal() < knownCommitted) {
      checkOwner();
      throw new LedgerException(
          ("ledger %s and the table do not belong together: the table says that ordinal %d is"
                  + " committed; the ledger ends at %d and knows %d to be committed. Restore both to"
                  + " the same time, or give the stream a new ledger and a new table")
              .formatted(store.location(), table.ordinal(), head(), knownCommitted));
    }
    while (state.committed().ordinal() < table.ordinal()) {
      markCommitted(prepared.committedAfter(state.committed(), table));
    }
  }

  /** The committed offset as far as told by {@link #catchUp} and {@link #markCommitted}. */
  public CommittedOffset committed() {
    return state.committed();
  }

  /**
   * All attempts of the prepared batch that begins with {@code firstOrdinal}, ascending.
   *
   * @throws LedgerFencedException where one reaches beyond the head: another process, which has
   *     taken the stream over, knows more arrivals
   */
  public List<PreparedBatch> attempts(long firstOrdinal) {
    List<PreparedBatch> attempts = prepared.attempts(firstOrdinal);
    for (PreparedBatch attempt : attempts) {
      if (attempt.lastOrdinal() > head()) {
        checkOwner();
        throw new LedgerException(
            ("ledger %s ends at ordinal %d, and has a prepared batch %d..%d: its segments are"
                    + " incomplete; restore it")
                .formatted(store.location(), head(), firstOrdinal, attempt.lastOrdinal()));
      }
    }
    return attempts;
  }

  /** The newest attempt of the prepared batch that begins with {@code firstOrdinal}. */
  public Optional<PreparedBatch> prepared(long firstOrdinal) {
    List<PreparedBatch> attempts = attempts(firstOrdinal);
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }

  /**
   * Makes a converted batch durable, unless there is one of its first ordinal and attempt.
   *
   * @return the batch that now stands under that name: this one, or the other
   */
  public PreparedBatch prepare(PreparedBatch batch) {
    CommittedOffset committed = state.committed();
    if (batch.firstOrdinal() != committed.ordinal() + 1) {
      throw new IllegalArgumentException(
          "a batch from %d does not follow the committed offset %d"
              .formatted(batch.firstOrdinal(), committed.ordinal()));
    }
    checkOwner();
    if (prepared.put(committed, batch)) {
      return batch;
    }
    checkOwner();
    return prepared.attempts(batch.firstOrdinal()).get(batch.attempt() - 1);
  }

  /** Remembers that the table has committed the batch. Costs no request for a recent batch. */
  public synchronized void markCommitted(PreparedBatch batch) {
    if (batch.lastOrdinal() <= state.committed().ordinal()) {
      return;
    }
    List<Arrival> arrivals = log.arrivals(batch.firstOrdinal() - 1, batch.lastOrdinal());
    knownCommitted = Math.max(knownCommitted, batch.lastOrdinal());
    synchronized (state) { // no snapshot may see the outcomes without what follows from them
      List<Notification> again = state.commit(batch, arrivals);
      if (!again.isEmpty()) {
        appender.append(again);
      }
    }
  }

  /** Whether no newer version of the arrival's key is known. */
  public boolean isNewest(Arrival arrival) {
    synchronized (state) {
      return state.index().isNewest(arrival);
    }
  }

  /**
   * The committed arrivals of the same keys whose rows those of the arrivals replace; empty unless
   * overwrites replace. An entry that has left is found where {@link #append} found it. Each file
   * of the history is read once, however many arrivals there are.
   */
  public Set<Long> replacedBy(List<Arrival> arrivals) {
    if (settings.onOverwrite() != OnOverwrite.REPLACE) {
      return Set.of();
    }
    List<Notification> objects = arrivals.stream().map(Arrival::object).toList();
    List<Fingerprint> keys = objects.stream().map(Fingerprint::ofKey).toList();
    while (true) {
      History.Recollection recollection = state.history().recall(objects);
      synchronized (state) {
        if (!state.history().isCurrent(recollection)) {
          continue; // entries left meanwhile
        }
        Set<Long> replaced = new TreeSet<>();
        for (int i = 0; i < arrivals.size(); i++) {
          Known known = state.index().known(keys.get(i));
          recollection.addTo(known, keys.get(i));
          Entry newest = known.newest();
          if (newest != null && newest.rows() > 0 && newest.rows() < arrivals.get(i).ordinal()) {
            replaced.add(newest.rows());
          }
        }
        return replaced;
      }
    }
  }

  /** The oldest request that has no answer. One read where there is none. */
  public Optional<LedgerRequest> nextRequest() {
    return requests.oldest();
  }

  /** Answers a request; the answer is a JSON object. */
  public void answer(LedgerRequest request, String answer) {
    requests.answer(request, answer);
  }

  /** Looks whether another process has taken the stream over. One read. */
  public void checkOwner() {
    fence.check();
  }

  /**
   * Gives up a snapshot that is being written; all else that returned is durable. The store is its
   * maker's to close.
   */
  @Override
  public void close() {
    snapshots.end();
    background.shutdownNow();
    try {
      background.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** For comparisons with what a restart gives. */
  LedgerState state() {
    return state;
  }

  private Segment segment(Appender.Appended appended) {
    return new Segment(
        log.head() + 1,
        owner,
        appended.firstOrdinal(),
        appended.arrivals(),
        appended.sightings(),
        state.committed(),
        requests.next(),
        snapshots.newest());
  }
}
