package io.millrace.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Writes files of which each may be written once, and finds out what became of a write whose reply
 * was lost or was a refusal.
 *
 * <p>The content must be unlike any other writer's: that is how an own write is known again.
 */
public final class WriteOnce {
  /** How often a write of unknown outcome is tried again before the caller has to decide. */
  static final int MAX_TRIES = 4;

  private final WholeFiles files;
  private final ExclusiveCreate create;

  /** Creates a file whole, unless there is one. */
  interface ExclusiveCreate {
    /**
     * Creates the file.
     *
     * @return whether it was created; false where there is one already
     * @throws IOException of unknown outcome
     */
    boolean create(Path file, byte[] content) throws IOException;
  }

  /** Reads files whole. */
  interface WholeFiles {
    /** The file's content, or empty where there is none. */
    Optional<byte[]> read(Path file) throws IOException;
  }

  WriteOnce(FileSystem files, ExclusiveCreate create) {
    this(file -> read(files, file), create);
  }

  /**
   * Elsewhere.
   *
   * @param files where what is created can be read back
   */
  WriteOnce(WholeFiles files, ExclusiveCreate create) {
    this.files = files;
    this.create = create;
  }

  /** In S3, by conditional writes. */
  public static WriteOnce inS3(FileSystem files) {
    return new WriteOnce(files, new ConditionalPut(files));
  }

  /**
   * Writes the file, unless there is one.
   *
   * @return whether the file that now stands is this one
   * @throws IOException when it could not be found out
   */
  public boolean write(Path file, byte[] content) throws IOException {
    IOException unknown = null;
    for (int i = 0; i < MAX_TRIES; i++) {
      try {
        if (create.create(file, content)) {
          return true;
        }
      } catch (IOException e) {
        if (unknown != null) {
          e.addSuppressed(unknown);
        }
        unknown = e;
      }
      Optional<byte[]> standing = read(file);
      if (standing.isPresent()) {
        return Arrays.equals(standing.get(), content);
      }
    }
    throw new IOException("cannot write " + file + " and cannot see that it was", unknown);
  }

  /** The file's content, or empty where there is none. */
  Optional<byte[]> read(Path file) throws IOException {
    return files.read(file);
  }

  private static Optional<byte[]> read(FileSystem files, Path file) throws IOException {
    try (FSDataInputStream in = open(files, file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static FSDataInputStream open(FileSystem files, Path file) throws IOException {
    try {
      return files
          .openFile(file)
          .opt(Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, "whole-file")
          .build()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + file, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("cannot open " + file, e.getCause());
    }
  }
}
