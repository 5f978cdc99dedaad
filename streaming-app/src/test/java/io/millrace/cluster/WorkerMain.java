package io.millrace.cluster;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.spark.deploy.worker.Worker;

/** A worker that ends with whoever started it. */
final class WorkerMain {
  private WorkerMain() {}

  /** Takes the worker's own arguments; the end of standard input ends it. */
  public static void main(String[] args) {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It says the same as an end.
              }
              Runtime.getRuntime().halt(1);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Worker.main(args);
  }
}
