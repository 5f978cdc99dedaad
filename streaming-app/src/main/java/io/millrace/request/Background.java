package io.millrace.request;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Requests that run beside the thread that waits for them. */
public final class Background {
  private Background() {}

  /** Makes threads that do not keep the JVM alive. */
  public static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Waits for the end of some work, and fails as it has failed.
   *
   * @param what is waited for, for messages: "a range"
   * @throws InterruptedIOException where this thread is interrupted; it stays so
   */
  public static <T> T await(Future<T> work, String what) throws IOException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + what);
    } catch (CancellationException e) {
      throw new IOException("%s was broken off".formatted(what), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("%s failed".formatted(what), e.getCause());
    }
  }
}
