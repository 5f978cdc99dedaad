package io.millrace.ledger;

import io.millrace.ledger.Segment.Owner;
import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns notifications into arrivals, several callers' into one segment.
 *
 * <p>Whoever comes while a segment is being written waits, and is then written with all others that
 * wait. A segment whose fate is unknown, because its writer was interrupted, is written before any
 * other: its number is never used for anything else.
 */
final class Appender {
  /** Arrivals that one segment holds at most. */
  static final int MAX_SEGMENT_ARRIVALS = 10_000;

  private final SegmentLog log;
  private final ObjectIndex index;
  private final WaitingArrivals waiting;
  private final InstantSource clock;
  private final Owner owner;
  private final Function<Appended, Segment> maker;
  private final Deque<Call> calls = new ArrayDeque<>();
  private @Nullable Segment unfinished;
  private long lastOrdinal;

  /** What a flush found to record. */
  record Appended(long firstOrdinal, List<Arrival> arrivals, List<Sighting> sightings) {}

  private static final class Call {
    final List<Notification> notifications;
    @Nullable AppendResult result;

    Call(List<Notification> notifications) {
      this.notifications = notifications;
    }
  }

  /**
   * Begins behind the last ordinal.
   *
   * @param maker makes a segment of what was found; called under this object's lock
   */
  Appender(
      SegmentLog log,
      ObjectIndex index,
      WaitingArrivals waiting,
      InstantSource clock,
      Owner owner,
      long lastOrdinal,
      Function<Appended, Segment> maker) {
    this.log = log;
    this.index = index;
    this.waiting = waiting;
    this.clock = clock;
    this.owner = owner;
    this.lastOrdinal = lastOrdinal;
    this.maker = maker;
  }

  AppendResult append(List<Notification> notifications) {
    Call call = new Call(notifications);
    synchronized (calls) {
      calls.add(call);
    }
    synchronized (index) {
      while (call.result == null) {
        flush();
      }
      return call.result;
    }
  }

  /** The lock that guards the index: held while a segment is written. */
  Object lock() {
    return index;
  }

  private void flush() {
    finish();
    List<Call> taken = new ArrayList<>();
    try {
      record(taken);
    } catch (RuntimeException e) {
      putBack(taken);
      throw e;
    }
  }

  /** They are judged again after the segment whose fate is unknown; by then as duplicates. */
  private void putBack(List<Call> taken) {
    synchronized (calls) {
      for (int i = taken.size() - 1; i >= 0; i--) {
        calls.addFirst(taken.get(i));
      }
    }
  }

  private void record(List<Call> taken) {
    Instant now = clock.instant();
    List<AppendResult> results = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    List<Sighting> sightings = new ArrayList<>();
    for (Call call = poll(); call != null; call = poll()) {
      taken.add(call);
      results.add(judge(call.notifications, now, arrivals, sightings));
      if (arrivals.size() >= MAX_SEGMENT_ARRIVALS) {
        break;
      }
    }
    if (!arrivals.isEmpty() || !sightings.isEmpty()) {
      unfinished = maker.apply(new Appended(lastOrdinal + 1, arrivals, sightings));
      lastOrdinal += arrivals.size();
      finish();
    }
    for (int i = 0; i < taken.size(); i++) {
      taken.get(i).result = results.get(i);
    }
  }

  private void finish() {
    Segment segment = unfinished;
    if (segment == null) {
      return;
    }
    if (!log.append(segment)) {
      throw Fence.fenced(log, owner);
    }
    segment.arrivals().forEach(waiting::add);
    unfinished = null;
  }

  /** Later notifications of the flush are judged by what earlier ones brought. */
  private AppendResult judge(
      List<Notification> notifications,
      Instant now,
      List<Arrival> arrivals,
      List<Sighting> sightings) {
    int appended = 0;
    int duplicates = 0;
    int superseded = 0;
    for (Notification object : notifications) {
      switch (index.judge(object)) {
        case NEW -> {
          appended++;
          add(arrivals, object, now, false);
        }
        case SUPERSEDED -> {
          superseded++;
          add(arrivals, object, now, true);
        }
        case SIGHTING -> {
          duplicates++;
          Sighting sighting =
              new Sighting(
                  object.bucket(),
                  object.key(),
                  java.util.Objects.requireNonNull(object.sequencer()));
          sightings.add(sighting);
          index.apply(sighting);
        }
        case DUPLICATE -> duplicates++;
      }
    }
    return new AppendResult(appended, duplicates, superseded);
  }

  private void add(
      List<Arrival> arrivals, Notification object, Instant now, boolean bornSuperseded) {
    Arrival arrival = new Arrival(lastOrdinal + arrivals.size() + 1, object, now, bornSuperseded);
    arrivals.add(arrival);
    index.apply(arrival);
  }

  private @Nullable Call poll() {
    synchronized (calls) {
      return calls.poll();
    }
  }
}
