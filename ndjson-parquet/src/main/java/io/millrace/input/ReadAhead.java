package io.millrace.input;

import io.millrace.ndjson.InputStreamBlocks;

/**
 * How far reading is ahead of the parser.
 *
 * @param blockBytes how many bytes are handed over at once
 * @param blocks how many there are, those that the parser holds included; each takes two and a half
 *     times {@code blockBytes} of memory
 */
public record ReadAhead(int blockBytes, int blocks) {
  public static final int DEFAULT_BLOCK_BYTES = InputStreamBlocks.DEFAULT_BLOCK_BYTES;
  public static final int DEFAULT_BLOCKS = 8;

  /** The parser holds two while the third is filled. */
  private static final int FEWEST_BLOCKS = 3;

  public ReadAhead {
    if (blockBytes < 1) {
      throw new IllegalArgumentException("blockBytes must be positive: " + blockBytes);
    }
    if (blocks < FEWEST_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks must be %d or more: %d".formatted(FEWEST_BLOCKS, blocks));
    }
  }

  public static ReadAhead defaults() {
    return new ReadAhead(DEFAULT_BLOCK_BYTES, DEFAULT_BLOCKS);
  }
}
