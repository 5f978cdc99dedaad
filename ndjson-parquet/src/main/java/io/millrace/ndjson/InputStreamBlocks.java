package io.millrace.ndjson;

import io.millrace.vector.ByteArena;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Fills blocks from a stream, on the thread that asks for them. */
public final class InputStreamBlocks implements BlockSource {
  /** So many bytes stay in a core's second-level cache together with their values. */
  public static final int DEFAULT_BLOCK_BYTES = 256 << 10;

  private final InputStream in;
  private final int blockBytes;
  private final Deque<Block> free = new ArrayDeque<>();

  /**
   * @param in closed with this
   * @param blockBytes how many bytes a block has but for the last one
   */
  public InputStreamBlocks(InputStream in, int blockBytes) {
    if (blockBytes < 1) {
      throw new IllegalArgumentException("blockBytes must be positive: " + blockBytes);
    }
    this.in = in;
    this.blockBytes = blockBytes;
  }

  @Override
  public @Nullable Block next() throws IOException {
    Block block = free.isEmpty() ? allocate(blockBytes) : free.pop();
    int count = in.readNBytes(block.bytes(), block.from(), blockBytes);
    if (count == 0) {
      free.push(block);
      return null;
    }
    block.to(block.from() + count);
    return block;
  }

  @Override
  public void release(Block block) {
    free.push(block);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * An empty block for so many bytes, with half as much room in front, and as much again behind it
   * for texts that lose their escapes.
   */
  public static Block allocate(int blockBytes) {
    int front = blockBytes / 2;
    return new Block(new byte[front + 2 * blockBytes + ByteArena.PADDING], front);
  }
}
