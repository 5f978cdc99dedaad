package io.millrace.ledger;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a snapshot written whenever one is due, one at a time. One that fails costs nothing but a
 * longer start: the next is tried when it is due again.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final SnapshotPolicy policy;
  private final SegmentLog log;
  private final WaitingArrivals waiting;
  private final Executor executor;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean ended;
  private volatile Tried tried;
  private volatile long newest;

  /** Writes a snapshot; empty where it can't be now. */
  interface Writer {
    Optional<Snapshot> write();
  }

  /** Where the last try began. */
  private record Tried(long segment, long ordinal, long keys) {}

  /**
   * Goes on after a snapshot.
   *
   * @param newest its number; 0 where there is none
   * @param ordinal the last one that it covers
   */
  Snapshots(
      SnapshotPolicy policy,
      SegmentLog log,
      WaitingArrivals waiting,
      Executor executor,
      long newest,
      long ordinal,
      long keys) {
    this.policy = policy;
    this.log = log;
    this.waiting = waiting;
    this.executor = executor;
    this.newest = newest;
    this.tried = new Tried(newest, ordinal, keys);
  }

  /** The newest snapshot that is known to be valid; 0 where there is none. */
  long newest() {
    return newest;
  }

  /** How many keys the newest one had. */
  long keys() {
    return tried.keys();
  }

  /** Throws once {@link #end} was called. */
  void goOn() {
    if (ended) {
      throw new LedgerException("the ledger was closed during a snapshot");
    }
  }

  void end() {
    ended = true;
  }

  /**
   * Begins a snapshot if one is due. Costs nothing otherwise.
   *
   * @param named called after one became valid, to write a segment that names it
   */
  void writeIfDue(Writer writer, Runnable named) {
    Tried last = tried;
    boolean due =
        policy.isDue(log.head() - last.segment(), waiting.head() - last.ordinal(), last.keys());
    if (due && !ended && busy.compareAndSet(false, true)) {
      try {
        executor.execute(() -> write(writer, named));
      } catch (RejectedExecutionException e) {
        ended = true; // closed in this moment; what was appended is durable all the same
      }
    }
  }

  private void write(Writer writer, Runnable named) {
    long segment = log.head();
    long ordinal = waiting.head();
    long keys = tried.keys();
    long began = System.nanoTime();
    try {
      Optional<Snapshot> written = writer.write();
      if (written.isPresent()) {
        Snapshot snapshot = written.get();
        newest = snapshot.number();
        segment = snapshot.number();
        ordinal = snapshot.lastOrdinal();
        keys = snapshot.keys();
        named.run();
        LOG.info(
            "snapshot {} of {} keys is written, {} ms",
            snapshot.number(),
            keys,
            (System.nanoTime() - began) / 1_000_000);
      }
    } catch (LedgerFencedException e) {
      ended = true; // whoever appends next will say so
    } catch (RuntimeException e) {
      if (!ended) {
        LOG.error("a snapshot failed; a start reads more until the next one succeeds", e);
      }
    } finally {
      tried = new Tried(segment, ordinal, keys);
      busy.set(false);
    }
  }
}
