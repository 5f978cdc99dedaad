package io.millrace.convert;

import java.util.function.LongSupplier;

/**
 * How many ranges of an object are worth fetching at once: as many as may be where who reads waits
 * for bytes most of the time, fewer where the bytes wait.
 *
 * <p>Bytes that wait have left the caches when they are converted, and cost a copy more. Whether
 * fewer requests still do is tried, the more seldom the more often they did not.
 */
final class ReadPace {
  /** Of the time, that who reads waits for bytes, where it is the network that sets the pace. */
  private static final double MUCH = 0.8;

  /** The same, where half as many requests may do. */
  private static final double LITTLE = 0.4;

  private final int most;
  private final LongSupplier nanos;
  private int requests;
  private long since;
  private long begin;
  private long waited;

  /** Judgements in a row by which fewer requests may do, and how many it takes to try them. */
  private int easy;

  private int patience = 1;

  /**
   * @param most requests at once, with which it begins
   * @param nanos a clock, asked before and after each read
   */
  ReadPace(int most, LongSupplier nanos) {
    this.most = most;
    this.requests = most;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /** At once; 1 for one request, whose bytes are taken as they come. */
  int requests() {
    return requests;
  }

  void beforeRead() {
    begin = nanos.getAsLong();
  }

  void afterRead() {
    waited += nanos.getAsLong() - begin;
  }

  /** Decides anew, by the reads since the last time. */
  void judge() {
    long now = begin;
    double share = now == since ? 1 : (double) waited / (now - since);
    restart();
    if (share > MUCH) {
      easy = 0;
      if (requests < most) {
        requests = Math.min(most, 2 * requests);
        patience *= 2;
      }
    } else if (share > LITTLE) {
      easy = 0;
    } else if (++easy >= patience) {
      easy = 0;
      requests = Math.max(1, requests / 2);
    }
  }

  /** Leaves the reads since the last time out of account. */
  void restart() {
    since = begin;
    waited = 0;
  }
}
