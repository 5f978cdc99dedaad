package io.millrace.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object in memory. */
@SuppressWarnings("ArrayRecordComponent")
record MemoryInput(String name, byte[] bytes, long size) implements Input {

  static MemoryInput of(byte[] bytes) {
    return new MemoryInput("object", bytes, bytes.length);
  }

  @Override
  public InputStream open(long offset) throws IOException {
    return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }
}
