package io.millrace.ledger;

import io.millrace.request.Background;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Reads several files at once, and hands them on in their order. */
final class ReadAhead {
  /** Reads under way at once: in S3 each takes tens of milliseconds, most of them waiting. */
  static final int THREADS = 16;

  /** Files that are read and not used yet, at most. */
  static final int WINDOW = 24;

  private final int threads;

  /** With so many reads at once; with 1, each on the caller's thread. */
  ReadAhead(int threads) {
    this.threads = threads;
  }

  /**
   * Reads each number from {@code from} up to and with {@code to}.
   *
   * @param read called by several threads
   * @param use called by this thread, in order
   */
  <T> void inOrder(long from, long to, LongFunction<T> read, Consumer<T> use) {
    if (threads == 1 || to - from < 2) {
      for (long number = from; number <= to; number++) {
        use.accept(read.apply(number));
      }
      return;
    }
    ExecutorService readers =
        Executors.newFixedThreadPool(
            (int) Math.min(threads, to - from + 1), Background.threads("ledger-read"));
    try {
      Deque<Future<T>> window = new ArrayDeque<>();
      long next = from;
      while (next <= to || !window.isEmpty()) {
        while (next <= to && window.size() < WINDOW) {
          long number = next++;
          window.add(readers.submit(() -> read.apply(number)));
        }
        use.accept(result(window.remove()));
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private static <T> T result(Future<T> read) {
    try {
      return read.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("interrupted while the ledger was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LedgerException known) {
        throw new LedgerException(known.getMessage(), e);
      }
      if (e.getCause() instanceof Error error) {
        throw error; // as it would have ended a thread that read by itself
      }
      throw new IllegalStateException("a ledger's file can't be read", e);
    }
  }
}
