package io.millrace.output;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Chooses how files become visible by where they lie. */
public final class PendingStores {
  private PendingStores() {}

  /**
   * For one stream's files in a directory: multipart uploads in S3, renames elsewhere.
   *
   * @param root the table's directory
   */
  public static PendingFiles open(String root, Configuration configuration, FileNames names)
      throws IOException {
    FileSystem files = new Path(root).getFileSystem(configuration);
    return TableBucket.serves(files)
        ? new PendingUploads(root, configuration, names)
        : new PendingRenames(root, configuration, names);
  }
}
