package io.millrace.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * A ledger's files in S3 through S3A, or on a local disk.
 *
 * <p>The one class of the package that knows Hadoop.
 */
public final class HadoopLedgerStore implements LedgerStore {
  /** How often a write of unknown outcome is tried again before the caller has to decide. */
  static final int MAX_WRITE_TRIES = 4;

  private static final Set<String> CONDITIONAL_SCHEMES = Set.of("s3", "s3a");

  private final FileSystem files;
  private final Path root;
  private final ExclusiveCreate create;

  /** Creates a file whole, unless there is one. */
  interface ExclusiveCreate {
    /**
     * Creates the file.
     *
     * @return whether it was created; false where there is one already
     * @throws IOException of unknown outcome
     */
    boolean create(Path file, byte[] content) throws IOException;
  }

  private HadoopLedgerStore(FileSystem files, Path root, ExclusiveCreate create) {
    this.files = files;
    this.root = root;
    this.create = create;
  }

  /**
   * Opens a directory; makes nothing.
   *
   * @param uri {@code s3://}, {@code s3a://}, {@code file:} or a local path
   * @throws LedgerException for a kind of storage on which a write can't be made exclusive
   */
  public static HadoopLedgerStore open(String uri, Configuration configuration) throws IOException {
    Path root = new Path(uri);
    FileSystem files = root.getFileSystem(configuration);
    String scheme = files.getUri().getScheme();
    Path qualified = files.makeQualified(root);
    if (CONDITIONAL_SCHEMES.contains(scheme)) {
      refuseOverwritingCreates(qualified, configuration);
      return new HadoopLedgerStore(files, qualified, new ConditionalPut(files));
    }
    if (scheme.equals("file")) {
      java.nio.file.Path local = Paths.get(URI.create("file://" + qualified.toUri().getRawPath()));
      return new HadoopLedgerStore(files, qualified, new HardLinkPut(qualified, local));
    }
    throw new LedgerException(
        ("a ledger can't be kept in %s: it needs a store that refuses to create a file twice; put"
                + " it on s3:// or on a local disk")
            .formatted(qualified));
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    Path file = file(name);
    IOException unknown = null;
    for (int i = 0; i < MAX_WRITE_TRIES; i++) {
      try {
        if (create.create(file, content)) {
          return true;
        }
      } catch (IOException e) {
        if (unknown != null) {
          e.addSuppressed(unknown);
        }
        unknown = e;
      }
      Optional<byte[]> standing = read(name);
      if (standing.isPresent()) {
        return Arrays.equals(standing.get(), content);
      }
    }
    throw new IOException("cannot write " + file + " and cannot see that it was", unknown);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try (FSDataInputStream in = open(file(name))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void probe() throws IOException {
    String name = "probe/" + UUID.randomUUID();
    boolean first = putIfAbsent(name, "first".getBytes(StandardCharsets.UTF_8));
    boolean second = putIfAbsent(name, "second".getBytes(StandardCharsets.UTF_8));
    files.delete(file(name), false);
    if (!first || second) {
      throw new LedgerException(
          ("%s lets a file be created twice (conditional writes are not honoured): two applications"
                  + " could both own the stream; use a store that honours If-None-Match on PUT")
              .formatted(root));
    }
  }

  @Override
  public String location() {
    return root.toString();
  }

  /** The file system is Hadoop's, shared by all who asked for it. */
  @Override
  public void close() {}

  private FSDataInputStream open(Path file) throws IOException {
    // Without the length that a listing would know, S3A asks for it: a HEAD and a GET.
    try {
      return files
          .openFile(file)
          .opt(Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, "whole-file")
          .build()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + file, e);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("cannot open " + file, e.getCause());
    }
  }

  private Path file(String name) {
    return new Path(root, name);
  }

  /** S3A can be told to skip the check that makes a create exclusive: not under a ledger. */
  private static void refuseOverwritingCreates(Path root, Configuration configuration) {
    String bucket = root.toUri().getHost();
    for (String prefix : new String[] {"fs.s3a.", "fs.s3a.bucket." + bucket + "."}) {
      Set<String> flags =
          Set.of(configuration.get(prefix + "performance.flags", "").trim().split("\\s*,\\s*"));
      boolean overwriting =
          flags.contains("create")
              || flags.contains("*")
              || configuration.getBoolean(prefix + "create.performance", false);
      if (overwriting) {
        throw new LedgerException(
            ("%s lets S3A overwrite what it should create (%sperformance.flags or"
                    + " %screate.performance): take 'create' out of them")
                .formatted(root, prefix, prefix));
      }
    }
  }
}
