package io.millrace.demo;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what the application appends to its progress file. */
final class ProgressTail {
  private final ObjectReader json = new JsonMapper().readerFor(Batch.class);
  private final Path file;
  private long position;

  ProgressTail(Path file) {
    this.file = file;
  }

  /** The batches that have been added since the last call; a line half written waits. */
  List<Batch> read() throws IOException {
    List<Batch> batches = new ArrayList<>();
    if (!Files.exists(file)) {
      return batches;
    }
    byte[] added;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(position);
      added = new byte[Math.toIntExact(in.length() - position)];
      in.readFully(added);
    }
    int begin = 0;
    for (int i = 0; i < added.length; i++) {
      if (added[i] == '\n') {
        batches.add(json.readValue(new String(added, begin, i - begin, StandardCharsets.UTF_8)));
        begin = i + 1;
      }
    }
    position += begin;
    return batches;
  }
}
