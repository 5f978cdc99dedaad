package io.millrace.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ordinals had their outcome so long ago that their entries may leave the working set.
 *
 * <p>The driver's clock only says when that is: whether something is known does not depend on it. A
 * clock that runs ahead or back makes entries leave earlier or later. Not safe for several threads.
 */
final class Retention {
  /** A retention is told in so many steps: entries stay up to one step longer. */
  static final int STEPS = 64;

  /** Marks that are kept at most, however the clock jumps. */
  static final int MAX_MARKS = 1024;

  private final long retentionMillis;
  private final List<Mark> marks = new ArrayList<>();
  private long newestEventMillis = Long.MIN_VALUE;

  /**
   * A run of ordinals that had their outcomes at about one time.
   *
   * @param ordinal the last of the run
   * @param openedMillis when the first had its outcome
   * @param committedMillis when the last had it
   * @param newestEventMillis the latest event time of all arrivals up to the ordinal
   */
  record Mark(long ordinal, long openedMillis, long committedMillis, long newestEventMillis) {}

  Retention(Duration retention) {
    this.retentionMillis = retention.toMillis();
  }

  /** Goes on from what a snapshot has. */
  void begin(List<Mark> known, long newestEvent) {
    marks.clear();
    marks.addAll(known);
    newestEventMillis = newestEvent;
  }

  List<Mark> marks() {
    return List.copyOf(marks);
  }

  long newestEventMillis() {
    return newestEventMillis;
  }

  void committed(List<Arrival> batch, long nowMillis) {
    for (Arrival arrival : batch) {
      newestEventMillis = Math.max(newestEventMillis, arrival.object().eventTime().toEpochMilli());
    }
    long ordinal = batch.get(batch.size() - 1).ordinal();
    Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
    boolean open =
        last != null
            && Math.abs(nowMillis - last.openedMillis()) <= Math.max(1, retentionMillis / STEPS);
    if (last != null && (open || marks.size() >= MAX_MARKS)) {
      marks.set(
          marks.size() - 1,
          new Mark(
              ordinal,
              last.openedMillis(),
              Math.max(nowMillis, last.committedMillis()),
              newestEventMillis));
    } else {
      marks.add(new Mark(ordinal, nowMillis, nowMillis, newestEventMillis));
    }
  }

  /** The last of the ordinals that may leave; one of ordinal 0 where none may. */
  Mark due(long nowMillis) {
    Mark due = new Mark(0, 0, 0, Long.MIN_VALUE);
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (mark.committedMillis() > nowMillis) {
        // The clock was ahead when it was made: it must not hold back all that follows until then.
        mark = new Mark(mark.ordinal(), nowMillis, nowMillis, mark.newestEventMillis());
        marks.set(i, mark);
      }
      if (nowMillis - mark.committedMillis() < retentionMillis) {
        break;
      }
      due = mark;
    }
    return due;
  }

  void left(Mark gone) {
    marks.removeIf(mark -> mark.ordinal() <= gone.ordinal());
  }
}
