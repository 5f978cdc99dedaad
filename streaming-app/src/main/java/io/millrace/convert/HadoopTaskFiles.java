package io.millrace.convert;

import io.millrace.conversion.ConvertedFile;
import io.millrace.ledger.OutputFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one attempt of a task in a directory of a Hadoop file system. */
final class HadoopTaskFiles implements TaskFiles {
  private static final Logger LOG = LoggerFactory.getLogger(HadoopTaskFiles.class);

  /** No two attempts write the same name, so that S3A need not look for a file of it first. */
  private static final String WITHOUT_LOOKING = "fs.s3a.create.performance";

  private final FileSystem system;
  private final Path root;
  private final FileStatistics statistics;
  private final List<Created> created = new ArrayList<>();

  HadoopTaskFiles(FileSystem system, Path root, FileStatistics statistics) {
    this.system = system;
    this.root = root;
    this.statistics = statistics;
  }

  @Override
  public OutputStream create(String path) throws IOException {
    Path file = new Path(root, path);
    FSDataOutputStreamBuilder<?, ?> builder = system.createFile(file);
    builder.recursive();
    builder.overwrite(true);
    builder.opt(WITHOUT_LOOKING, true);
    Created stream = new Created(file, builder.build());
    created.add(stream);
    return stream;
  }

  @Override
  public List<OutputFile> keep(List<ConvertedFile> files) throws IOException {
    long now = System.currentTimeMillis();
    List<OutputFile> kept = new ArrayList<>();
    for (ConvertedFile file : files) {
      kept.add(
          new OutputFile(
              new Path(file.path()).toUri().toString(),
              file.file().bytes(),
              file.file().rows(),
              partition(file.path()),
              statistics.of(file.file().deltaStats()),
              now));
    }
    created.clear();
    return kept;
  }

  @Override
  public void close() {
    created.forEach(Created::giveUp);
    created.clear();
  }

  /** Of {@code date=2026-03-01/hour=7/name}. */
  static Map<String, String> partition(String path) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      int equals = parts[i].indexOf('=');
      values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    return values;
  }

  /** A file that appears when it is closed, unless it was given up before. */
  private final class Created extends FilterOutputStream {
    private final Path file;
    private final FSDataOutputStream stream;
    private boolean over;

    Created(Path file, FSDataOutputStream stream) {
      super(stream);
      this.file = file;
      this.stream = stream;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      stream.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      if (!over) {
        over = true;
        stream.close();
      }
    }

    void giveUp() {
      try {
        if (!over && stream.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
          over = true;
          stream.abort();
          return;
        }
        close();
      } catch (IOException | RuntimeException e) {
        LOG.warn("a file that is given up can't be closed: {}", file, e);
      }
      try {
        system.delete(file, false);
      } catch (IOException | RuntimeException e) {
        LOG.warn("a file that is given up is left over: {}", file, e);
      }
    }
  }
}
