package io.millrace.command;

import io.millrace.conversion.ConversionProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says what has been done: on a terminal once a second, over what it said before; elsewhere every
 * ten seconds.
 */
final class ProgressLine implements ConversionProgress, AutoCloseable {
  private static final long TERMINAL_PERIOD_MILLIS = 1000;
  private static final long LOG_PERIOD_MILLIS = 10_000;
  private static final double MEGA = 1e6;

  private final PrintStream err;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();
  private final LongAdder records = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Thread thread;
  private boolean printed;

  /**
   * @param terminal whether a line can be overwritten
   */
  ProgressLine(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
    this.thread = new Thread(this::printAll, "progress");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void add(long newRecords, long newMalformed, long newBytes) {
    records.add(newRecords);
    malformed.add(newMalformed);
    bytes.add(newBytes);
  }

  /** Ends the line. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (printed && terminal) {
      err.println();
    }
  }

  private void printAll() {
    try {
      while (true) {
        Thread.sleep(terminal ? TERMINAL_PERIOD_MILLIS : LOG_PERIOD_MILLIS);
        print();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void print() {
    printed = true;
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%.0f s: %,d records, %,d malformed, %,.0f MB, %.0f MB/s",
            seconds,
            records.sum(),
            malformed.sum(),
            bytes.sum() / MEGA,
            bytes.sum() / MEGA / seconds);
    if (terminal) {
      err.print("\r" + line + "   ");
      err.flush();
    } else {
      err.println(line);
    }
  }
}
