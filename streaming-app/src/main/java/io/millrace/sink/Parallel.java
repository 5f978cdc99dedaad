package io.millrace.sink;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Does the same to many files, several at a time.
 *
 * @param threads at most; with 1, all is done on the caller's
 */
record Parallel(int threads) {
  /** Requests of some ten milliseconds each: a thousand files take some seconds. */
  static final Parallel DEFAULT = new Parallel(32);

  /** What is done to one of them. */
  interface Action<T> {
    void run(T item) throws IOException;
  }

  /**
   * Returns when all are done; after a failure no other is begun.
   *
   * @throws IOException the first failure
   */
  <T> void forEach(List<T> items, Action<T> action) throws IOException {
    int workers = Math.min(threads, items.size());
    Queue<T> queue = new ConcurrentLinkedQueue<>(items);
    if (workers <= 1) {
      drain(queue, action);
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "parquet-directory");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running =
          IntStream.range(0, workers)
              .<Future<?>>mapToObj(
                  i ->
                      pool.submit(
                          () -> {
                            drain(queue, action);
                            return null;
                          }))
              .toList();
      for (Future<?> worker : running) {
        await(worker);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> void drain(Queue<T> queue, Action<T> action) throws IOException {
    for (T item = queue.poll(); item != null; item = queue.poll()) {
      try {
        action.run(item);
      } catch (IOException | RuntimeException | Error e) {
        queue.clear();
        throw e;
      }
    }
  }

  private static void await(Future<?> worker) throws IOException {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while files were published", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error failure) {
        throw failure;
      }
      throw new IOException("files could not be published", cause);
    }
  }
}
