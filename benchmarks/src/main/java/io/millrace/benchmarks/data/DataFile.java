package io.millrace.benchmarks.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A generated NDJSON file on disk. */
public final class DataFile {
  private static final int CHUNK_BYTES = 1 << 20;

  private DataFile() {}

  /**
   * The file of this shape, size and seed, made unless it is there.
   *
   * @param bytes the file ends with the first record that reaches them
   */
  public static Path in(Path directory, Shape shape, long bytes, long seed) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("%s-%d-%d.ndjson".formatted(shape.label(), bytes, seed));
    if (!Files.exists(file)) {
      Path unfinished = Files.createTempFile(directory, shape.label(), ".unfinished");
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        write(shape, bytes, seed, out);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  /** Writes records until they have so many bytes, line ends included. */
  public static void write(Shape shape, long bytes, long seed, OutputStream out)
      throws IOException {
    RecordMaker records = shape.records(seed);
    JsonText json = new JsonText();
    long written = 0;
    while (written + json.length() < bytes) {
      records.append(json);
      json.text("\n");
      if (json.length() >= CHUNK_BYTES) {
        json.writeTo(out);
        written += json.length();
        json.clear();
      }
    }
    json.writeTo(out);
  }
}
