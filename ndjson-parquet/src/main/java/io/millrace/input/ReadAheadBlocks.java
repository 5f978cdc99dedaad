package io.millrace.input;

import io.millrace.ndjson.Block;
import io.millrace.ndjson.BlockSource;
import io.millrace.ndjson.InputStreamBlocks;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fills blocks from a stream on a thread of its own, a bounded number of them ahead.
 *
 * <p>What goes wrong there arrives at the taker, behind the blocks that were whole.
 */
final class ReadAheadBlocks implements BlockSource {
  private final InputStream in;
  private final Closeable source;
  private final ReadAhead settings;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mayFill = lock.newCondition();
  private final Condition mayTake = lock.newCondition();
  private final ArrayDeque<Block> free = new ArrayDeque<>();
  private final ArrayDeque<Block> ready = new ArrayDeque<>();
  private int allocated;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * Begins to read.
   *
   * @param in read on the thread, and closed there: nobody else may while it reads
   * @param source what {@code in} reads from: to be closed under a read that waits, which breaks
   *     off then
   */
  ReadAheadBlocks(InputStream in, Closeable source, ReadAhead settings, ThreadFactory threads) {
    this.in = in;
    this.source = source;
    this.settings = settings;
    this.thread = threads.newThread(this::fillAll);
    thread.start();
  }

  @Override
  public @Nullable Block next() throws IOException {
    lock.lock();
    try {
      while (ready.isEmpty() && !ended) {
        mayFill.signal();
        mayTake.await();
      }
      Block block = ready.poll();
      if (block == null && failure != null) {
        throw failure();
      }
      return block;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it waited for input", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(Block block) {
    lock.lock();
    try {
      free.push(block);
      // To wake a thread costs more than to fill a block: only where it finds several to fill.
      if (2 * free.size() >= settings.blocks()) {
        mayFill.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread, also one that waits for the store, and waits for its end. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      mayFill.signal();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      source.close();
    } finally {
      awaitEnd();
    }
  }

  private void awaitEnd() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it waited for the end of reading ahead", e);
    }
  }

  private IOException failure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return (IOException) failure;
  }

  private void fillAll() {
    Throwable trouble = null;
    try (in) {
      for (Block block = take(); block != null; block = take()) {
        int count = in.readNBytes(block.bytes(), block.from(), settings.blockBytes());
        if (count == 0) {
          break;
        }
        block.to(block.from() + count);
        hand(block);
      }
    } catch (IOException | RuntimeException | Error e) {
      trouble = e;
    } catch (InterruptedException e) {
      // Closed: nobody takes blocks any more.
    }
    end(trouble);
  }

  /** A block to fill, or null once this is closed. */
  private @Nullable Block take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (allocated < settings.blocks() && free.isEmpty() && !closed) {
        allocated++;
        return InputStreamBlocks.allocate(settings.blockBytes());
      }
      while (free.isEmpty() && !closed) {
        mayFill.await();
      }
      return closed ? null : free.pop();
    } finally {
      lock.unlock();
    }
  }

  private void hand(Block block) {
    lock.lock();
    try {
      ready.add(block);
      mayTake.signal();
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable trouble) {
    lock.lock();
    try {
      ended = true;
      failure = trouble;
      mayTake.signal();
    } finally {
      lock.unlock();
    }
  }
}
