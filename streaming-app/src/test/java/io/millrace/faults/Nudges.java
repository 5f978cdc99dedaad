package io.millrace.faults;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something done over and over, on a thread of its own, while something else goes on. */
final class Nudges {
  private static final long INTERVAL_MILLIS = 20;

  private Nudges() {}

  /** Does the work, with nudges from its start to its end. */
  static void during(FaultPoints.Work work, Runnable nudge) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Thread thread = new Thread(() -> nudgeUntil(over, nudge), "nudges");
    thread.setDaemon(true);
    thread.start();
    try {
      work.run();
    } finally {
      over.countDown();
      thread.join();
    }
  }

  private static void nudgeUntil(CountDownLatch over, Runnable nudge) {
    try {
      do {
        nudge.run();
      } while (!over.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
