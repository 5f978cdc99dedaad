package io.millrace.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Creates files on a local disk: written whole under another name, then linked to their own. */
final class HardLinkPut implements WriteOnce.ExclusiveCreate {
  private final org.apache.hadoop.fs.Path root;
  private final Path directory;

  HardLinkPut(org.apache.hadoop.fs.Path root, Path directory) {
    this.root = root;
    this.directory = directory;
  }

  @Override
  public boolean create(org.apache.hadoop.fs.Path file, byte[] content) throws IOException {
    Path target = directory.resolve(root.toUri().relativize(file.toUri()).getPath());
    Path folder = Files.createDirectories(target.resolveSibling("."));
    Path temporary = folder.resolve(".tmp-" + UUID.randomUUID());
    try {
      write(temporary, content);
      Files.createLink(target, temporary);
      force(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** The link itself must survive a loss of power, or a deleted message would be lost with it. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
