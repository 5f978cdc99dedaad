package io.millrace.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends this process with the one that holds its standard input, however that one ends. */
final class ParentWatch {
  private ParentWatch() {}

  /** Reads {@code input} on a daemon thread; its end calls {@code exit}. */
  static void start(InputStream input, Runnable exit) {
    Thread watch =
        new Thread(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // An unreadable input says the same as its end: nobody holds us any more.
              }
              exit.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
