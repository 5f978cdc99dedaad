package io.millrace.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on a local disk. Who changes it meanwhile gets a mixture. */
public final class LocalFile implements Input {
  private final Path path;
  private final long size;

  /**
   * @throws IOException when it is not there, or not a file, or can't be read
   */
  public LocalFile(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path + " does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " is not a file");
    }
    if (!Files.isReadable(path)) {
      throw new IOException(path + " can't be read: permission denied");
    }
    this.path = path;
    this.size = Files.size(path);
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    channel.position(offset);
    return Channels.newInputStream(channel);
  }
}
