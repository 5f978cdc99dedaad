package io.millrace.ledger;

import io.millrace.notification.Notification;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One stream's memory, owned by this process from {@link #takeOver} until another takes it over.
 *
 * <p>All methods are safe for several threads; those that write return when what they wrote is
 * durable. Each throws {@link LedgerFencedException} once another process owns the stream, and
 * {@link LedgerException} for what no retry mends. A store that is out of order for a while is
 * waited for, with back-off, until the thread is interrupted.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Ledger implements AutoCloseable {

  private Ledger() {}

  /** Opens the stream's ledger, or makes a new one, and fences off whoever had it before. */
  public static Ledger takeOver(
      LedgerStore store, String stream, LedgerSettings settings, InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  /** The ledger's identity, made when it was begun. */
  public UUID id() {
    throw new UnsupportedOperationException();
  }

  public String stream() {
    throw new UnsupportedOperationException();
  }

  /**
   * Records what is not known yet; ordinals go by the list's order. Calls of several threads share
   * a write where they can.
   */
  public AppendResult append(List<Notification> notifications) {
    throw new UnsupportedOperationException();
  }

  /** Keeps messages that could not be understood. */
  public void reject(List<RejectedMessage> messages) {
    throw new UnsupportedOperationException();
  }

  /** The highest ordinal that is durable, 0 in a new ledger. Costs no request. */
  public long head() {
    throw new UnsupportedOperationException();
  }

  /**
   * Where a batch that begins after {@code from} ends: at most {@code maxObjects} arrivals and
   * {@code maxBytes} bytes, but one arrival at least. Arrivals born superseded count as no bytes.
   *
   * @return {@code from} where nothing waits
   */
  public long admissible(long from, long maxObjects, long maxBytes) {
    throw new UnsupportedOperationException();
  }

  /** The arrivals of a range, ascending; any range up to the head, however old. */
  public List<Arrival> arrivals(long fromExclusive, long toInclusive) {
    throw new UnsupportedOperationException();
  }

  /** What waits after the committed offset. Costs no request. */
  public Backlog backlog() {
    throw new UnsupportedOperationException();
  }

  /**
   * Tells what the table says of itself at start: every batch up to there is committed, as its
   * prepared record has it.
   *
   * @throws LedgerException where the table is ahead of the head, or behind what the ledger knows
   *     to be committed: the two do not belong together
   */
  public void catchUp(CommittedOffset table) {
    throw new UnsupportedOperationException();
  }

  /** The committed offset as far as told by {@link #catchUp} and {@link #markCommitted}. */
  public CommittedOffset committed() {
    throw new UnsupportedOperationException();
  }

  /** The newest attempt of the prepared batch that begins with {@code firstOrdinal}. */
  public Optional<PreparedBatch> prepared(long firstOrdinal) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes a converted batch durable, unless there is one of its first ordinal and attempt.
   *
   * @return the batch that now stands under that name: this one, or the other
   */
  public PreparedBatch prepare(PreparedBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** Remembers that the table has committed the batch. Costs no request. */
  public void markCommitted(PreparedBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** Whether no newer version of the arrival's key is known. */
  public boolean isNewest(Arrival arrival) {
    throw new UnsupportedOperationException();
  }

  /**
   * The committed arrivals of the same key whose rows the arrival's rows replace; empty unless
   * overwrites replace.
   */
  public List<Long> replacedBy(Arrival arrival) {
    throw new UnsupportedOperationException();
  }

  /** The oldest request that has no answer. One read where there is none. */
  public Optional<LedgerRequest> nextRequest() {
    throw new UnsupportedOperationException();
  }

  /** Answers a request; the answer is a JSON object. */
  public void answer(LedgerRequest request, String answer) {
    throw new UnsupportedOperationException();
  }

  /** Looks whether another process has taken the stream over. One read. */
  public void checkOwner() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
