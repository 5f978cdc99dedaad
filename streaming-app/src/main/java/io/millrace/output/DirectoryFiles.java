package io.millrace.output;

import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Files that lie under their path at once, each under a name of its own: for a table whose log
 * decides what is seen.
 */
public final class DirectoryFiles implements DataFiles {
  private static final long serialVersionUID = 1;

  /** No two files have the same name, so that S3A need not look for one first. */
  private static final String WITHOUT_LOOKING = "fs.s3a.create.performance";

  private final String root;
  private final SerializableConfiguration configuration;

  /**
   * @param root the table's directory
   */
  public DirectoryFiles(String root, Configuration configuration) {
    this.root = root;
    this.configuration = new SerializableConfiguration(configuration);
  }

  @Override
  public DataFile create(Map<String, @Nullable String> partitionValues, int number)
      throws IOException {
    String name = "part-%05d-%s.parquet".formatted(number, UUID.randomUUID());
    String path = PartitionPath.of(partitionValues) + name;
    Path file = new Path(new Path(root), path);
    FileSystem files = file.getFileSystem(configuration.value());
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
    builder.recursive();
    builder.overwrite(true);
    builder.opt(WITHOUT_LOOKING, true);
    return new File(files, file, builder.build(), path, partitionValues);
  }

  private static final class File extends DataFile {
    private final FileSystem files;
    private final Path file;
    private final FSDataOutputStream out;
    private final String path;
    private final Map<String, @Nullable String> partitionValues;
    private long size;
    private boolean ended;

    File(
        FileSystem files,
        Path file,
        FSDataOutputStream out,
        String path,
        Map<String, @Nullable String> partitionValues) {
      this.files = files;
      this.file = file;
      this.out = out;
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
      out.close();
      FileStatus status = files.getFileStatus(file);
      if (status.getLen() != size) {
        throw new IOException(
            "%s has %d bytes, but %d were written".formatted(file, status.getLen(), size));
      }
      ended = true;
      String encoded = new Path(path).toUri().toString(); // as Delta's log has it
      return new OutputFile(
          encoded, size, records, partitionValues, stats, status.getModificationTime());
    }

    @Override
    public void takeBack() {
      try {
        files.delete(file, false);
      } catch (IOException e) {
        // An orphan that no log names; VACUUM removes it.
      }
    }

    @Override
    public void abort() {
      if (ended) {
        return;
      }
      ended = true;
      try {
        if (out.getWrappedStream() instanceof Abortable abortable) {
          abortable.abort(); // a plain close would publish what is there
        }
        out.close();
        files.delete(file, false);
      } catch (IOException e) {
        // An orphan that no log names; VACUUM removes it.
      }
    }
  }
}
