package io.millrace.ledger;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.ObjLongConsumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Names, below a directory, and sizes in bytes of all files there. */
final class FileSizes {
  private FileSizes() {}

  /** In S3, one request for each thousand. */
  static SizedLedgerStore.Listing listed(FileSystem files, Path root) {
    int prefix = root.toUri().getPath().length() + 1;
    return file -> {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
      while (all.hasNext()) {
        LocatedFileStatus next = all.next();
        file.accept(next.getPath().toUri().getPath().substring(prefix), next.getLen());
      }
    };
  }

  /** Hadoop's own listing starts a process for each file, to know its owner. */
  static SizedLedgerStore.Listing onDisk(java.nio.file.Path root) {
    return file -> Files.walkFileTree(root, new Visitor(root, file));
  }

  private static final class Visitor extends SimpleFileVisitor<java.nio.file.Path> {
    private final java.nio.file.Path root;
    private final ObjLongConsumer<String> file;

    Visitor(java.nio.file.Path root, ObjLongConsumer<String> file) {
      this.root = root;
      this.file = file;
    }

    @Override
    public FileVisitResult visitFile(java.nio.file.Path path, BasicFileAttributes attributes) {
      file.accept(root.relativize(path).toString(), attributes.size());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(java.nio.file.Path path, IOException failure)
        throws IOException {
      if (failure instanceof NoSuchFileException && !path.equals(root)) {
        return FileVisitResult.CONTINUE; // its writer has renamed it meanwhile
      }
      throw failure;
    }
  }
}
