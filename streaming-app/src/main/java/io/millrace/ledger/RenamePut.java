package io.millrace.ledger;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Creates files in HDFS: written whole under another name, then renamed to their own, which HDFS
 * refuses where there is a file of that name.
 */
final class RenamePut implements WriteOnce.ExclusiveCreate {
  private final FileSystem files;

  RenamePut(FileSystem files) {
    this.files = files;
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    Path temporary = new Path(file.getParent(), ".tmp-" + UUID.randomUUID());
    boolean renamed = false;
    try {
      try (FSDataOutputStream out = files.create(temporary, false)) {
        out.write(content);
        out.hsync(); // a deleted message would be lost with what is only in the nodes' memory
      }
      renamed = files.rename(temporary, file);
    } finally {
      if (!renamed) {
        files.delete(temporary, false);
      }
    }
    return renamed;
  }
}
