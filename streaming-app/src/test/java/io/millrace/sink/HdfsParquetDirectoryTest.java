package io.millrace.sink;

import io.millrace.testing.TestHdfs;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** In HDFS: staged files and its own rename. */
class HdfsParquetDirectoryTest extends ParquetDirectoryContract {

  @Override
  String place() throws IOException {
    return TestHdfs.directory("table");
  }

  @Override
  int pendingFiles() throws IOException {
    Path root = new Path(spec.path());
    FileSystem files = root.getFileSystem(hadoop);
    int pending = 0;
    RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
    while (all.hasNext()) {
      pending += all.next().getPath().getName().endsWith(".staged") ? 1 : 0;
    }
    return pending;
  }
}
