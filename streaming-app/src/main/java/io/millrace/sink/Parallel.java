package io.millrace.sink;

import io.millrace.request.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Does the same to many files, several at a time.
 *
 * @param threads at most; with 1, all is done on the caller's
 */
record Parallel(int threads) {
  /** Requests of some ten milliseconds each: a thousand files take some seconds. */
  static final Parallel DEFAULT = new Parallel(32);

  private static final Duration END_LIMIT = Duration.ofMinutes(1);

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
        Executors.newFixedThreadPool(workers, Background.threads("parquet-directory"));
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
        Background.await(worker, "files of the directory");
      }
    } finally {
      queue.clear();
      end(pool);
    }
  }

  /**
   * Lets what is under way come to its end, for a minute: who goes on after a failure, and undoes,
   * is not to be overtaken by what is to be undone.
   */
  private static void end(ExecutorService pool) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
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
}
