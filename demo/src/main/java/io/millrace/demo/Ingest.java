package io.millrace.demo;

import io.millrace.demo.generate.Shipment;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Follows the application from batch to batch. */
final class Ingest {
  /** Without a batch or an object for so long, something is wrong. */
  static final Duration STALL_LIMIT = Duration.ofMinutes(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  private final Running application;
  private final ProgressTail tail;
  private final Sending sending;
  private final Display display;
  private final Progress progress = new Progress();
  private long changedNanos = System.nanoTime();
  private int versionsSeen;

  Ingest(Running application, ProgressTail tail, Sending sending, Display display) {
    this.application = application;
    this.tail = tail;
    this.sending = sending;
    this.display = display;
  }

  Progress progress() {
    return progress;
  }

  /**
   * Returns when all that is sent is committed.
   *
   * @param queueIsEmpty asked at the end only
   * @throws DemoException where the application ends, or nothing happens any more
   */
  void untilAllArrived(BooleanSupplier queueIsEmpty) throws IOException, InterruptedException {
    while (true) {
      look();
      Shipment sent = sending.shipment();
      if (sent.complete() && progress.hasReached(sent.versions()) && queueIsEmpty.getAsBoolean()) {
        look(); // what came with the last message
        if (progress.hasReached(sent.versions())) {
          return;
        }
      }
      refuseStall(sent);
      display.showProgress(progress, sent);
      Thread.sleep(LOOK_INTERVAL.toMillis());
    }
  }

  /** Goes on showing batches until the application ends. */
  void untilApplicationEnds() throws IOException, InterruptedException {
    while (application.isAlive()) {
      look();
      Thread.sleep(LOOK_INTERVAL.toMillis());
    }
  }

  private void look() throws IOException, InterruptedException {
    sending.check();
    boolean alive = application.isAlive();
    for (Batch batch : tail.read()) {
      changedNanos = System.nanoTime();
      progress.add(batch, changedNanos);
      display.showBatch(batch, progress, sending.shipment());
      sending.applicationRuns();
    }
    if (!alive) {
      throw application.failure();
    }
  }

  private void refuseStall(Shipment sent) {
    if (sent.versions() != versionsSeen) {
      versionsSeen = sent.versions();
      changedNanos = System.nanoTime();
    }
    if (System.nanoTime() - changedNanos > STALL_LIMIT.toNanos()) {
      throw new DemoException(
          "nothing has happened for %d s: %d of %d versions of objects are in the table"
              .formatted(STALL_LIMIT.toSeconds(), progress.committed(), sent.versions()));
    }
  }
}
