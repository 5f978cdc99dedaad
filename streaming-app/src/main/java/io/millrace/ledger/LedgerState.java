package io.millrace.ledger;

import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a ledger's files say, as far as it is needed at once: the working set, what waits, and how
 * far the table is. Its monitor guards it: whoever holds it sees whole segments and whole batches
 * only.
 */
final class LedgerState {
  private final ObjectIndex index;
  private final WaitingArrivals waiting = new WaitingArrivals();
  private final Retention retention;
  private final History history;
  private final InstantSource clock;
  private volatile CommittedOffset committed = CommittedOffset.NONE;

  LedgerState(LedgerSettings settings, PatientStore store, ReadAhead reads, InstantSource clock) {
    this.index = new ObjectIndex(settings.onOverwrite());
    this.retention = new Retention(settings.retention());
    this.history = new History(store, reads);
    this.clock = clock;
  }

  ObjectIndex index() {
    return index;
  }

  /** Needs no lock. */
  WaitingArrivals waiting() {
    return waiting;
  }

  Retention retention() {
    return retention;
  }

  /** Needs no lock. */
  History history() {
    return history;
  }

  /** Needs no lock. */
  CommittedOffset committed() {
    return committed;
  }

  /** Begins with what a snapshot says; its parts are added by themselves. */
  synchronized void begin(Snapshot snapshot) {
    committed = snapshot.committed();
    waiting.begin(committed.ordinal());
    retention.begin(snapshot.marks(), snapshot.newestEventMillis());
    history.replace(snapshot.history());
  }

  /** Adds what a segment says that was read. */
  synchronized void replay(Segment segment) {
    for (Arrival arrival : segment.arrivals()) {
      index.apply(arrival);
      waiting.add(arrival);
    }
    segment.sightings().forEach(sighting -> replay(sighting, segment.firstOrdinal() - 1));
  }

  /**
   * Adds what a prepared record says that the table has committed.
   *
   * @return objects that were gone or changed when they were to be read, and of which the ledger
   *     was told again since: they are to be recorded once more, before the lock is let go
   */
  synchronized List<Notification> commit(PreparedBatch batch, List<Arrival> arrivals) {
    List<Notification> again = new ArrayList<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      switch (batch.outcomes().get(i).kind()) {
        case CONVERTED -> index.converted(arrival);
        case GONE, CHANGED, SUPERSEDED -> {
          if (index.unread(arrival)) {
            again.add(arrival.object().withSequencer(null));
          }
        }
        case QUARANTINED -> {}
      }
    }
    waiting.commit(batch.lastOrdinal());
    retention.committed(arrivals, clock.millis());
    committed = new CommittedOffset(batch.lastOrdinal(), batch.attempt());
    return again;
  }

  /**
   * A key that has left is brought back before its sequencer is moved.
   *
   * @param head the last ordinal before the sighting's segment
   */
  void apply(Sighting sighting, Known known, long head) {
    Entry newest = known.newest();
    if (newest != null && !newest.equals(index.get(newest.key()))) {
      index.restore(newest);
    }
    index.apply(sighting, head);
  }

  private void replay(Sighting sighting, long head) {
    Fingerprint key = Fingerprint.ofKey(sighting.bucket(), sighting.key());
    Known known = index.known(key);
    Entry newest = index.get(key);
    boolean mayHaveLeft = newest == null || newest.ordinal() != sighting.ordinal();
    if (mayHaveLeft || index.onOverwrite() == OnOverwrite.APPEND) {
      history.recall(key).addTo(known, key);
    }
    apply(sighting, known, head);
  }
}
