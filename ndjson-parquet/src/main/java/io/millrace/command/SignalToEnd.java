package io.millrace.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a thread when the process is told to end (SIGINT, SIGTERM), and holds the process up
 * until the thread has tidied up; but not for longer than {@link #LIMIT_SECONDS}.
 */
final class SignalToEnd {
  /** Half of what those who send SIGTERM commonly wait before they send SIGKILL. */
  private static final long LIMIT_SECONDS = 15;

  private final Thread worker;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "signal-to-end");

  private SignalToEnd(Thread worker) {
    this.worker = worker;
  }

  /** Interrupts the thread that calls, until what is returned is disarmed. */
  static SignalToEnd toThisThread() {
    SignalToEnd result = new SignalToEnd(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(result.hook);
    return result;
  }

  private void end() {
    worker.interrupt();
    try {
      if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        System.err.printf(
            "the conversion did not end within %d s; files *.unfinished may be left, which"
                + " --overwrite removes%n",
            LIMIT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the thread has tidied up; no signal interrupts it any more. */
  void disarm() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs: this is what it waited for.
    }
  }
}
