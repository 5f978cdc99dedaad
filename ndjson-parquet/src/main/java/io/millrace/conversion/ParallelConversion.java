package io.millrace.conversion;

import io.millrace.input.InputBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Converts splits on some threads, each of which takes the next split when it is done with one, and
 * writes files of its own.
 */
public final class ParallelConversion {
  private final ConversionOptions options;
  private final InputBlocks inputs;
  private final OutputStore store;
  private final MalformedPolicy policy;
  private final int threads;

  public ParallelConversion(
      ConversionOptions options,
      InputBlocks inputs,
      OutputStore store,
      MalformedPolicy policy,
      int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive: " + threads);
    }
    this.options = options;
    this.inputs = inputs;
    this.store = store;
    this.policy = policy;
    this.threads = threads;
  }

  /**
   * Converts all splits; the first failure ends it.
   *
   * <p>Every output is closed when this returns, whether it does so with a result or not.
   */
  public ConversionResult run(List<Split> splits, ConversionProgress progress)
      throws IOException, InterruptedException {
    Queue<Split> queue = new ConcurrentLinkedQueue<>(splits);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<ConversionResult> tasks = new ExecutorCompletionService<>(executor);
      int count = Math.max(1, Math.min(threads, splits.size()));
      for (int task = 0; task < count; task++) {
        String name = "%05d".formatted(task);
        tasks.submit(() -> convert(name, queue, progress));
      }
      return collect(tasks, count);
    } finally {
      end(executor);
    }
  }

  private ConversionResult convert(String task, Queue<Split> queue, ConversionProgress progress)
      throws IOException {
    try (MalformedTask malformed = policy.begin(task, store);
        SplitConverter converter =
            new SplitConverter(options, inputs, store, task, malformed, progress)) {
      SplitResult sum = SplitResult.NOTHING;
      for (Split split = queue.poll(); split != null; split = queue.poll()) {
        sum = sum.plus(converter.convert(split));
      }
      return new ConversionResult(sum, converter.finish());
    }
  }

  private static ConversionResult collect(
      ExecutorCompletionService<ConversionResult> tasks, int count)
      throws IOException, InterruptedException {
    SplitResult sum = SplitResult.NOTHING;
    List<ConvertedFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ConversionResult result = get(tasks.take());
      sum = sum.plus(result.records());
      files.addAll(result.files());
    }
    files.sort(Comparator.comparing(ConvertedFile::path));
    return new ConversionResult(sum, files);
  }

  private static ConversionResult get(Future<ConversionResult> task)
      throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for the threads: none must write after the outputs have been given up. */
  private static void end(ExecutorService executor) {
    executor.shutdownNow();
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
