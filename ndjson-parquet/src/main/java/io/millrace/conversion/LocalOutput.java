package io.millrace.conversion;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory on a local disk, in which all files appear at the end, whole, or none.
 *
 * <p>Until they are published they have a suffix that no reader takes for Parquet. What was there
 * before is replaced then, if it may be: Parquet files, quarantined records, and what a run that
 * was killed left behind; other files stay.
 */
public final class LocalOutput implements OutputStore, Closeable {
  private static final String UNFINISHED = ".unfinished";

  private final Path directory;
  private final boolean overwrite;
  private final List<Path> unfinished = new ArrayList<>();
  private boolean closed;

  /**
   * Looks whether the directory may be written to; it is made if it is not there.
   *
   * @throws OutputNotEmptyException when there is something in it, unless that may be replaced
   */
  public LocalOutput(Path directory, boolean overwrite) throws IOException {
    this.directory = directory;
    this.overwrite = overwrite;
    if (Files.exists(directory)) {
      if (!Files.isDirectory(directory)) {
        throw new NotDirectoryException(directory + " is not a directory");
      }
      if (!overwrite && !isEmpty(directory)) {
        throw new OutputNotEmptyException(directory);
      }
    }
    Files.createDirectories(directory);
  }

  @Override
  public synchronized OutputStream create(String path) throws IOException {
    if (closed) {
      throw new IOException("the output " + directory + " is closed already");
    }
    Path file = directory.resolve(path + UNFINISHED);
    Files.createDirectories(file.getParent());
    OutputStream out =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    unfinished.add(file);
    return out;
  }

  /**
   * Takes a complete file, by moving it, as one of its own.
   *
   * @return where it lies until it is published; with the same size
   */
  public synchronized Path adopt(Path complete, String path) throws IOException {
    Path file = directory.resolve(path + UNFINISHED);
    Files.createDirectories(file.getParent());
    Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
    unfinished.add(file);
    return file;
  }

  /** Makes all files appear, in place of those that were there. */
  public synchronized void publish() throws IOException {
    if (overwrite) {
      deleteReplaced();
    }
    List<Path> published = new ArrayList<>();
    try {
      for (Path file : unfinished) {
        Path target = published(file);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        published.add(target);
      }
      unfinished.clear();
    } catch (IOException e) {
      for (Path file : published) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  /** Deletes what has not been published, and the directories that were made for it. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Path file : unfinished) {
      Files.deleteIfExists(file);
      deleteEmpty(file.getParent());
    }
    unfinished.clear();
  }

  private void deleteReplaced() throws IOException {
    for (Path file : replaced()) {
      Files.deleteIfExists(file);
      deleteEmpty(file.getParent());
    }
  }

  private List<Path> replaced() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(this::isReplaced)
          .filter(file -> !unfinished.contains(file))
          .toList();
    }
  }

  /** Whether a conversion, by this or another engine, may have written it. */
  private boolean isReplaced(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".parquet")
        || name.endsWith(UNFINISHED)
        || file.startsWith(directory.resolve(MalformedPolicy.QUARANTINE_DIRECTORY));
  }

  private static Path published(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - UNFINISHED.length()));
  }

  /** Deletes a directory with all that is in it, if it is there. */
  public static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void deleteEmpty(Path from) throws IOException {
    for (Path empty = from;
        !empty.equals(directory) && Files.isDirectory(empty) && isEmpty(empty);
        empty = empty.getParent()) {
      Files.delete(empty);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
