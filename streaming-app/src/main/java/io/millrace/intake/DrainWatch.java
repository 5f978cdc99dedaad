package io.millrace.intake;

import io.millrace.queue.QueueDepth;
import java.time.Instant;
import java.util.List;

/**
 * Judges from polls and counts whether a queue has nothing older than an instant left.
 *
 * <p>SQS has no order, so that a single poll proves nothing; but a long poll asks all of its
 * servers. So it takes several polls in a row without an older message, and counts of zero. Where
 * newer messages keep coming the counts are never zero, and a long row of polls that bring only
 * newer ones has to do.
 */
final class DrainWatch {
  /** Polls in a row without an older message, before the counts are believed. */
  static final int QUIET_POLLS = 3;

  /** Polls in a row with newer messages only that make up for counts above zero. */
  static final int NEWER_POLLS = 50;

  private final Instant sentBefore;
  private int quietPolls;
  private int newerPolls;

  DrainWatch(Instant sentBefore) {
    this.sentBefore = sentBefore;
  }

  /** Tells when the messages of one poll were sent. */
  synchronized void saw(List<Instant> sent) {
    if (sent.stream().anyMatch(instant -> instant.isBefore(sentBefore))) {
      quietPolls = 0;
      newerPolls = 0;
    } else {
      quietPolls++;
      newerPolls += sent.isEmpty() ? 0 : 1;
    }
  }

  synchronized boolean isQuiet() {
    return quietPolls >= QUIET_POLLS;
  }

  synchronized boolean isDrained(QueueDepth depth) {
    boolean empty = depth.waiting() == 0 && depth.inFlight() == 0 && depth.delayed() == 0;
    return isQuiet() && (empty || newerPolls >= NEWER_POLLS);
  }
}
