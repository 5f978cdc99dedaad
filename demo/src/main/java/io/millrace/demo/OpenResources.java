package io.millrace.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must not outlive the demo, closed once, the last first, whoever ends it. */
final class OpenResources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * Takes charge of a resource.
   *
   * @throws DemoException when all is being closed, and this with it
   */
  <T extends AutoCloseable> T add(T resource) {
    synchronized (this) {
      if (!closed) {
        open.push(resource);
        return resource;
      }
    }
    closeQuietly(resource);
    throw new DemoException("interrupted");
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      closeQuietly(open.pop());
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("could not close " + resource + ": " + e);
    }
  }
}
