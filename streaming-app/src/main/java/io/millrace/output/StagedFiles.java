package io.millrace.output;

import io.millrace.ledger.OutputFile;
import io.millrace.ledger.Pending;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Files of a file system that lie in a hidden directory, under names that no reader takes for
 * Parquet, until their batch's commit renames them.
 */
final class StagedFiles implements DataFiles {
  private static final long serialVersionUID = 1;

  /** Below the table's directory; readers of Hive's layout skip names that begin like this. */
  static final String DIRECTORY = "_millrace/staging";

  static final String SUFFIX = ".staged";

  private final String root;
  private final SerializableConfiguration configuration;
  private final FileNames names;
  private final BatchName batch;

  StagedFiles(String root, Configuration configuration, FileNames names, BatchName batch) {
    this.root = root;
    this.configuration = new SerializableConfiguration(configuration);
    this.names = names;
    this.batch = batch;
  }

  /** Of a local disk, the one without checksum files, which a rename would have to take along. */
  static FileSystem fileSystem(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  @Override
  public DataFile create(Map<String, @Nullable String> partitionValues, int number)
      throws IOException {
    String name = names.of(batch, number);
    String staged =
        "%s/%s/%s.%s%s".formatted(DIRECTORY, names.ledger(), name, UUID.randomUUID(), SUFFIX);
    Path file = new Path(new Path(root), staged);
    FileSystem files = fileSystem(file, configuration.value());
    return new Staged(
        files,
        file,
        files.create(file, false),
        staged,
        PartitionPath.of(partitionValues) + name,
        partitionValues);
  }

  private static final class Staged extends DataFile {
    private final FileSystem files;
    private final Path file;
    private final FSDataOutputStream out;
    private final String staged;
    private final String path;
    private final Map<String, @Nullable String> partitionValues;
    private long size;
    private boolean ended;

    Staged(
        FileSystem files,
        Path file,
        FSDataOutputStream out,
        String staged,
        String path,
        Map<String, @Nullable String> partitionValues) {
      this.files = files;
      this.file = file;
      this.out = out;
      this.staged = staged;
      this.path = path;
      this.partitionValues = new LinkedHashMap<>(partitionValues);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      size += length;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public OutputFile finish(long records, @Nullable String stats) throws IOException {
      out.hsync(); // the prepared record must not outlive what it names
      out.close();
      FileStatus status = files.getFileStatus(file);
      if (status.getLen() != size) {
        throw new IOException(
            "%s has %d bytes, but %d were written".formatted(file, status.getLen(), size));
      }
      ended = true;
      return new OutputFile(
          path,
          size,
          records,
          partitionValues,
          stats,
          status.getModificationTime(),
          new Pending.Staged(staged));
    }

    @Override
    public void takeBack() {
      try {
        files.delete(file, false);
      } catch (IOException e) {
        // The sweep finds it.
      }
    }

    @Override
    public void abort() {
      if (ended) {
        return;
      }
      ended = true;
      try {
        out.close();
        files.delete(file, false);
      } catch (IOException e) {
        // The sweep finds it.
      }
    }
  }
}
