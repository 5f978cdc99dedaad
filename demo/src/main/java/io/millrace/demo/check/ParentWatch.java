package io.millrace.demo.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends this process with its parent, however that one ends. */
final class ParentWatch {
  private static final int ABANDONED = 1;

  private ParentWatch() {}

  /** Reads the pipe that the parent holds, on a daemon thread; its end ends this process. */
  static void start(InputStream input) {
    Thread watch =
        new Thread(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // An unreadable input says the same as its end: nobody holds us any more.
              }
              Runtime.getRuntime().halt(ABANDONED);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
