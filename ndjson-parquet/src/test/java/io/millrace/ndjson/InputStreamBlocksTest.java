package io.millrace.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class InputStreamBlocksTest extends BlockSourceContract {

  @Override
  BlockSource source(byte[] bytes, int blockBytes) {
    return new InputStreamBlocks(new ByteArrayInputStream(bytes), blockBytes);
  }

  @Test
  void aReleasedBlockIsFilledAgain() throws IOException {
    try (BlockSource source = source(new byte[300], 100)) {
      Block first = source.next();
      assertThat(first).isNotNull();
      source.release(first);
      assertThat(source.next()).isSameAs(first);
    }
  }
}
