package io.millrace.ndjson;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Hands out an object's bytes in order, block by block, and takes the blocks back to fill them
 * again.
 *
 * <p>A reader holds two blocks at most: the one whose records it returned, and the next. It calls
 * from one thread; a source that fills blocks on another sees to that itself.
 */
public interface BlockSource extends Closeable {

  /**
   * The bytes that follow those of the last block. The block is the caller's until it is released.
   *
   * @return a block that is not empty, or null behind the last byte, then always
   * @throws IOException when the bytes can't be had, or are damaged; never a short success
   */
  @Nullable Block next() throws IOException;

  /** Takes back a block that {@link #next} returned, whose content is of no use any more. */
  void release(Block block);
}
