package io.millrace.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Compressed pages of one column chunk, in blocks that a pool takes back. */
final class Blocks {
  private final Pool pool;
  private final List<byte[]> blocks = new ArrayList<>();
  private long size;

  Blocks(Pool pool) {
    this.pool = pool;
  }

  long size() {
    return size;
  }

  void write(Bytes source) {
    byte[] bytes = source.array();
    int position = 0;
    while (position < source.size()) {
      int used = (int) (size % Pool.BLOCK);
      if (used == 0) {
        blocks.add(pool.take());
      }
      int length = Math.min(Pool.BLOCK - used, source.size() - position);
      System.arraycopy(bytes, position, blocks.get(blocks.size() - 1), used, length);
      position += length;
      size += length;
    }
  }

  /** Writes everything and gives all blocks back to the pool. */
  void drainTo(OutputStream out) throws IOException {
    long rest = size;
    for (byte[] block : blocks) {
      int length = (int) Math.min(Pool.BLOCK, rest);
      out.write(block, 0, length);
      rest -= length;
    }
    clear();
  }

  void clear() {
    blocks.forEach(pool::give);
    blocks.clear();
    size = 0;
  }

  /** Blocks of all files of a thread, those included that wait to be used again. */
  static final class Pool {
    private static final int BLOCK = 32 * 1024;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private long allocated;

    private byte[] take() {
      byte[] block = free.poll();
      if (block == null) {
        block = new byte[BLOCK];
        allocated++;
      }
      return block;
    }

    /** On the heap, used or not. */
    long memoryBytes() {
      return allocated * BLOCK;
    }

    /** Gives back what is not in use. */
    void release() {
      allocated -= free.size();
      free.clear();
    }

    private void give(byte[] block) {
      free.push(block);
    }
  }
}
