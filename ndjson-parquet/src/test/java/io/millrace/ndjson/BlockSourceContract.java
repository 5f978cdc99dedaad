package io.millrace.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.ByteArena;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every source of blocks. */
abstract class BlockSourceContract {

  /** A source of these bytes, in blocks of about the size. */
  abstract BlockSource source(byte[] bytes, int blockBytes) throws IOException;

  @Test
  void blocksAreTheBytesInOrderWhateverTheirRoomIsUsedFor() throws IOException {
    for (int blockBytes : new int[] {1, 7, 64, 1_000, 100_000}) {
      byte[] bytes = new byte[10_000];
      new Random(3).nextBytes(bytes);
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      try (BlockSource source = source(bytes, blockBytes)) {
        Block held = null;
        for (Block block = source.next(); block != null; block = source.next()) {
          assertThat(block.to()).isGreaterThan(block.from());
          assertThat(block.bytes().length - block.to()).isGreaterThanOrEqualTo(ByteArena.PADDING);
          read.write(block.bytes(), block.from(), block.to() - block.from());
          Arrays.fill(block.bytes(), (byte) '!');
          if (held != null) {
            source.release(held);
          }
          held = block;
        }
        assertThat(source.next()).isNull();
      }
      assertThat(read.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void anEmptyObjectHasNoBlock() throws IOException {
    try (BlockSource source = source(new byte[0], 100)) {
      assertThat(source.next()).isNull();
      assertThat(source.next()).isNull();
    }
  }
}
