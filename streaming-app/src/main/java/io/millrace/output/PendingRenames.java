package io.millrace.output;

import static java.util.Objects.requireNonNull;

import io.millrace.ledger.OutputFile;
import io.millrace.ledger.Pending;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Files of a file system that become visible by renaming them.
 *
 * <p>A visible name belongs to one attempt, and a prepared record to one set of staged files: what
 * lies under the name with the right size is that file.
 */
final class PendingRenames implements PendingFiles {
  private final String root;
  private final Configuration configuration;
  private final FileNames names;
  private final FileSystem files;
  private final Path directory;

  PendingRenames(String root, Configuration configuration, FileNames names) throws IOException {
    this.root = root;
    this.configuration = configuration;
    this.names = names;
    this.directory = new Path(root);
    this.files = StagedFiles.fileSystem(directory, configuration);
  }

  @Override
  public DataFiles writersOf(BatchName batch) {
    return new StagedFiles(root, configuration, names, batch);
  }

  @Override
  public boolean isIntact(OutputFile file) throws IOException {
    return has(staged(file), file) || has(visible(file), file);
  }

  @Override
  public boolean publish(OutputFile file) throws IOException {
    Path visible = visible(file);
    if (has(visible, file)) {
      return true;
    }
    if (!has(staged(file), file)) {
      return has(visible, file); // another may have renamed it between the two looks
    }
    files.mkdirs(visible.getParent());
    if (!rename(staged(file), visible) && !has(visible, file)) {
      if (has(staged(file), file)) {
        throw new IOException("cannot rename %s to %s".formatted(staged(file), visible));
      }
      return false;
    }
    return true;
  }

  @Override
  public void takeBack(OutputFile file) throws IOException {
    files.delete(staged(file), false);
  }

  /** In this order: once the staged file is gone, it can't be renamed behind our back. */
  @Override
  public void remove(OutputFile file) throws IOException {
    takeBack(file);
    files.delete(visible(file), false);
  }

  @Override
  public List<Leftover> pending() throws IOException {
    String below = StagedFiles.DIRECTORY + "/" + names.ledger();
    List<Leftover> pending = new ArrayList<>();
    for (FileStatus status : list(new Path(directory, below))) {
      String name = status.getPath().getName();
      String path = below + "/" + name;
      Instant since = Instant.ofEpochMilli(status.getModificationTime());
      names.batch(name).ifPresent(batch -> pending.add(new Leftover(batch, path, path, since)));
    }
    return pending;
  }

  @Override
  public void takeBack(Leftover leftover) throws IOException {
    files.delete(new Path(directory, leftover.id()), false);
  }

  private FileStatus[] list(Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private boolean rename(Path from, Path to) throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      return move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath());
    }
    try {
      return files.rename(from, to);
    } catch (FileNotFoundException e) {
      return false; // another was faster
    }
  }

  /** Hadoop's own rename copies where it can't rename, so that half a file would be seen. */
  private static boolean move(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return false;
    }
    try (FileChannel folder =
        FileChannel.open(requireNonNull(to.getParent()), StandardOpenOption.READ)) {
      folder.force(true); // the committed offset must not outlive the name
    }
    return true;
  }

  private boolean has(Path path, OutputFile file) throws IOException {
    try {
      return files.getFileStatus(path).getLen() == file.sizeBytes();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private Path visible(OutputFile file) {
    return new Path(directory, file.path());
  }

  private Path staged(OutputFile file) throws IOException {
    if (file.pending() instanceof Pending.Staged staged) {
      return new Path(directory, staged.path());
    }
    throw new IOException("the prepared file %s is not staged".formatted(file.path()));
  }
}
