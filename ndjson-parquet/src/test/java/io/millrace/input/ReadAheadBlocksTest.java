package io.millrace.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ndjson.Block;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadBlocksTest {
  private static final int BLOCK_BYTES = 10;
  private static final ReadAhead SETTINGS = new ReadAhead(BLOCK_BYTES, 4);

  private final List<Thread> threads = new ArrayList<>();

  /** As a socket does: heedless of interrupts, until it is closed, or let go. */
  private static final class Stalled extends InputStream {
    final CountDownLatch waiting = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      waiting.countDown();
      while (released.getCount() > 0) {
        Thread.onSpinWait();
      }
      throw new IOException("closed");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return read();
    }

    @Override
    public void close() {
      closed.countDown();
      released.countDown();
    }
  }

  @AfterEach
  void leavesNoThread() {
    assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
  }

  @Test
  void handsOverAllBytesInOrderAndThenTheEnd() throws IOException {
    try (ReadAheadBlocks blocks = over(new ByteArrayInputStream(bytes(1003)))) {
      for (int i = 0; i < 1003; i += BLOCK_BYTES) {
        Block block = blocks.next();
        assertThat(block.bytes()[block.from()]).isEqualTo((byte) i);
        assertThat(block.to() - block.from()).isEqualTo(Math.min(BLOCK_BYTES, 1003 - i));
        blocks.release(block);
      }
      assertThat(blocks.next()).isNull();
      assertThat(blocks.next()).isNull();
    }
  }

  @Test
  void readsNoFurtherAheadThanItHasBlocks() throws IOException {
    AtomicInteger read = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            read.addAndGet(length);
            return length;
          }
        };
    try (ReadAheadBlocks blocks = over(endless)) {
      await().until(() -> read.get() == SETTINGS.blocks() * BLOCK_BYTES);
      await().until(() -> threads.get(0).getState() == Thread.State.WAITING);
      Block first = blocks.next();
      Block second = blocks.next();
      blocks.release(first);
      blocks.release(second);
      await().until(() -> read.get() == (SETTINGS.blocks() + 2) * BLOCK_BYTES);
    }
  }

  @Test
  void deliversWhatWasReadBeforeTheFailureAndThenTheFailureAlways() throws IOException {
    IOException failure = new IOException("connection reset");
    try (ReadAheadBlocks blocks = over(failingAt(2 * BLOCK_BYTES + 3, failure))) {
      blocks.release(blocks.next());
      blocks.release(blocks.next());
      assertThatThrownBy(blocks::next).isSameAs(failure);
      assertThatThrownBy(blocks::next).isSameAs(failure);
    }
  }

  @Test
  void deliversErrorsOfTheReadingThread() throws IOException {
    Error failure = new StackOverflowError();
    try (ReadAheadBlocks blocks = over(failingAt(0, failure))) {
      assertThatThrownBy(blocks::next).isSameAs(failure);
    }
  }

  @Test
  void canBeClosedWhileTheStoreKeepsItWaiting() throws IOException {
    Stalled stalled = new Stalled();
    ReadAheadBlocks blocks = over(stalled);
    await().until(() -> stalled.waiting.getCount() == 0);
    blocks.close();
  }

  @Test
  void canBeClosedWhileAllBlocksAreFull() throws IOException {
    ReadAheadBlocks blocks = over(new ByteArrayInputStream(bytes(1000)));
    await().until(() -> threads.get(0).getState() == Thread.State.WAITING);
    blocks.close();
  }

  /** A decoder has memory that nobody else frees. */
  @Test
  void closesWhatItReadsThoughItsCloserIsInterrupted() throws Exception {
    Stalled stalled = new Stalled();
    ReadAheadBlocks blocks = over(stalled, () -> {});
    Thread.currentThread().interrupt();

    assertThatThrownBy(blocks::close).hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    stalled.released.countDown();
    await().until(() -> stalled.closed.getCount() == 0);
    threads.get(0).join();
  }

  private ReadAheadBlocks over(InputStream in) {
    return over(in, in);
  }

  private ReadAheadBlocks over(InputStream in, Closeable source) {
    return new ReadAheadBlocks(
        in,
        source,
        SETTINGS,
        runnable -> {
          Thread thread = new Thread(runnable);
          threads.add(thread);
          return thread;
        });
  }

  private static InputStream failingAt(int offset, Throwable failure) {
    return new InputStream() {
      private int next;

      @Override
      public int read() throws IOException {
        if (next++ == offset) {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (IOException) failure;
        }
        return 'x';
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        bytes[from] = (byte) read();
        return 1;
      }
    };
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
