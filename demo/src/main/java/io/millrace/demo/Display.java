package io.millrace.demo;

import io.millrace.demo.generate.Shipment;
import java.io.PrintStream;
import java.util.Locale;

/** Tells a person how it goes: one line that lives on a terminal, a line a batch elsewhere. */
final class Display {
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final String[] WHEEL = {"|", "/", "-", "\\"};

  private final PrintStream out;
  private final boolean terminal;
  private boolean live;
  private int turn;

  /**
   * @param terminal whether {@code out} understands a carriage return
   */
  Display(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints lines that stay. */
  synchronized void say(String format, Object... values) {
    eraseLive();
    out.println(format(format, values));
    out.flush();
  }

  /**
   * What waits is counted in objects that were announced; this one is called a few times a second.
   */
  synchronized void showProgress(Progress progress, Shipment sent) {
    if (!terminal) {
      return;
    }
    String wheel = WHEEL[turn++ % WHEEL.length];
    String line =
        progress.batches() == 0
            ? format(
                "  %s the application starts; %,d objects (%,.0f MB) wait",
                wheel, sent.versions(), sent.bytes() / 1e6)
            : format("  %s %s", wheel, state(progress, sent));
    out.print(ERASE_LINE + line);
    out.flush();
    live = true;
  }

  /** A batch was committed. */
  synchronized void showBatch(Batch batch, Progress progress, Shipment sent) {
    say(
        "  batch %d: %,d objects, %,d records, %,.1f MB in %.1f s; %s",
        progress.batches(),
        batch.objects(),
        batch.records(),
        batch.bytes() / 1e6,
        batch.seconds(),
        state(progress, sent));
  }

  private static String state(Progress progress, Shipment sent) {
    long waiting = Math.max(0, sent.versions() - progress.committed());
    return format(
        "%,d of %,d objects, %,d records, %,.1f MB, %,.1f MB/s; %,d wait",
        progress.committed(),
        sent.versions(),
        progress.records(),
        progress.megabytes(),
        progress.megabytes() / Math.max(0.001, progress.busySeconds()),
        waiting);
  }

  private void eraseLive() {
    if (live) {
      out.print(ERASE_LINE);
      live = false;
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
