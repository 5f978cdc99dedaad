package io.millrace.ledger;

import io.millrace.ledger.History.Recollection;
import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
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
  private final LedgerState state;
  private final InstantSource clock;
  private final Fence fence;
  private final Function<Appended, Segment> maker;
  private final Deque<Call> calls = new ArrayDeque<>();
  private final LongAdder appendedBytes = new LongAdder();
  private @Nullable Segment unfinished;
  private long lastOrdinal;

  /** What a flush found to record. */
  record Appended(long firstOrdinal, List<Arrival> arrivals, List<Sighting> sightings) {}

  /**
   * How far the ledger is durable.
   *
   * @param segment the head
   * @param lastOrdinal the highest ordinal up to it
   */
  record Point(long segment, long lastOrdinal) {}

  private static final class Call {
    final List<Notification> notifications;
    Recollection recollection;
    @Nullable AppendResult result;

    Call(List<Notification> notifications, Recollection recollection) {
      this.notifications = notifications;
      this.recollection = recollection;
    }
  }

  /**
   * Begins behind the last ordinal.
   *
   * @param maker makes a segment of what was found; called under this object's lock
   */
  Appender(
      SegmentLog log,
      LedgerState state,
      InstantSource clock,
      Fence fence,
      long lastOrdinal,
      Function<Appended, Segment> maker) {
    this.log = log;
    this.state = state;
    this.clock = clock;
    this.fence = fence;
    this.lastOrdinal = lastOrdinal;
    this.maker = maker;
  }

  AppendResult append(List<Notification> notifications) {
    Call call = new Call(notifications, state.history().recall(notifications));
    synchronized (calls) {
      calls.add(call);
    }
    synchronized (state) {
      while (call.result == null) {
        flush();
      }
      return call.result;
    }
  }

  /** Sizes of the arrivals that were appended here, but for those that are never read. */
  long appendedBytes() {
    return appendedBytes.sum();
  }

  /** Writes a segment without arrivals: it makes durable what else the maker puts into it. */
  void note() {
    synchronized (state) {
      finish();
      unfinished = maker.apply(new Appended(lastOrdinal + 1, List.of(), List.of()));
      finish();
    }
  }

  /**
   * How far the ledger is durable; empty while a segment's fate is unknown, and once another has
   * taken the stream over. Callers hold the state's monitor: what is in memory is then just that.
   */
  Optional<Point> point() {
    return unfinished == null ? Optional.of(new Point(log.head(), lastOrdinal)) : Optional.empty();
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
    take(taken);
    Instant now = clock.instant();
    List<AppendResult> results = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    List<Sighting> sightings = new ArrayList<>();
    for (Call call : taken) {
      results.add(judge(call, now, arrivals, sightings));
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

  /**
   * Takes calls for one segment. All that can fail is here: from the first arrival that is applied
   * to the segment that holds it, nothing may.
   */
  private void take(List<Call> taken) {
    int notifications = 0;
    while (notifications < MAX_SEGMENT_ARRIVALS) {
      Call call = poll();
      if (call == null) {
        return;
      }
      taken.add(call);
      notifications += call.notifications.size();
      if (!state.history().isCurrent(call.recollection)) {
        call.recollection = state.history().recall(call.notifications); // entries left meanwhile
      }
    }
  }

  private void finish() {
    Segment segment = unfinished;
    if (segment == null) {
      return;
    }
    if (!log.append(segment)) {
      fence.refused();
    }
    segment.arrivals().forEach(state.waiting()::add);
    appendedBytes.add(segment.arrivals().stream().mapToLong(WaitingArrivals::bytes).sum());
    unfinished = null;
  }

  /** Later notifications of the flush are judged by what earlier ones brought. */
  private AppendResult judge(
      Call call, Instant now, List<Arrival> arrivals, List<Sighting> sightings) {
    int appended = 0;
    int duplicates = 0;
    int superseded = 0;
    for (Notification object : call.notifications) {
      Fingerprint key = Fingerprint.ofKey(object);
      Known known = state.index().known(key);
      call.recollection.addTo(known, key);
      switch (known.judge(object, state.index().onOverwrite())) {
        case NEW -> {
          appended++;
          add(arrivals, known.ranked(object), now, false);
        }
        case SUPERSEDED -> {
          superseded++;
          add(arrivals, object, now, true);
        }
        case SIGHTING -> {
          duplicates++;
          Sighting sighting = Sighting.of(known.versionOf(object), object);
          sightings.add(sighting);
          state.apply(sighting, known, lastOrdinal);
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
    state.index().apply(arrival);
  }

  private @Nullable Call poll() {
    synchronized (calls) {
      return calls.poll();
    }
  }
}
