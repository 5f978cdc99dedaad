package io.millrace.demo;

import io.millrace.demo.generate.Pace;
import io.millrace.demo.generate.Sender;
import io.millrace.demo.generate.Shipment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The sender at work: half of the objects at once, so that there is a backlog, and the others while
 * the application runs, so that it is seen to keep up.
 */
final class Sending {
  private final Sender sender;
  private final int objects;
  private final Pace pace;
  private final CountDownLatch running = new CountDownLatch(1);
  private final FutureTask<Void> task;

  private Sending(Sender sender, int objects, Pace pace) {
    this.sender = sender;
    this.objects = objects;
    this.pace = pace;
    this.task =
        new FutureTask<>(
            () -> {
              send();
              return null;
            });
  }

  /** How many objects are there when the application starts. */
  static int first(int objects) {
    return (objects + 1) / 2;
  }

  /**
   * Begins, on a thread of its own.
   *
   * @param pace of the objects that land while the application runs
   */
  static Sending start(Sender sender, int objects, Pace pace) {
    Sending sending = new Sending(sender, objects, pace);
    Thread thread = new Thread(sending.task, "sender");
    thread.setDaemon(true);
    thread.start();
    return sending;
  }

  /** The application runs: the second half may begin. */
  void applicationRuns() {
    running.countDown();
  }

  Shipment shipment() {
    return sender.shipment();
  }

  /**
   * Looks whether it goes on.
   *
   * @throws DemoException where it does not
   */
  void check() throws InterruptedException {
    if (!task.isDone()) {
      return;
    }
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new DemoException("objects could not be sent: " + e.getCause(), e);
    }
  }

  private void send() throws InterruptedException {
    sender.send(0, first(objects), Pace.NONE);
    running.await();
    sender.send(first(objects), objects, pace);
    sender.end();
  }
}
