package io.millrace.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A ledger's files in S3 through S3A, in HDFS, or on a local disk.
 *
 * <p>The one class of the package that knows Hadoop.
 */
public final class HadoopLedgerStore implements LedgerStore {
  private static final Set<String> CONDITIONAL_SCHEMES = Set.of("s3", "s3a");

  private final FileSystem files;
  private final Path root;
  private final UnaryOperator<String> paths;
  private final WriteOnce once;
  private final SizedLedgerStore.Listing sizes;

  /**
   * @param paths from a name to its path below {@code root}
   */
  private HadoopLedgerStore(
      FileSystem files,
      Path root,
      UnaryOperator<String> paths,
      WriteOnce once,
      SizedLedgerStore.Listing sizes) {
    this.files = files;
    this.root = root;
    this.paths = paths;
    this.once = once;
    this.sizes = sizes;
  }

  /**
   * Opens a directory; makes nothing.
   *
   * @param uri {@code s3://}, {@code s3a://}, {@code hdfs://}, {@code file:} or a local path
   * @throws LedgerException for a kind of storage on which a write can't be made exclusive
   */
  public static HadoopLedgerStore open(String uri, Configuration configuration) throws IOException {
    Path root = new Path(uri);
    FileSystem files = root.getFileSystem(configuration);
    String scheme = files.getUri().getScheme();
    Path qualified = files.makeQualified(root);
    if (CONDITIONAL_SCHEMES.contains(scheme)) {
      refuseOverwritingCreates(qualified, configuration);
      return new HadoopLedgerStore(
          files,
          qualified,
          UnaryOperator.identity(),
          WriteOnce.inS3(files),
          FileSizes.listed(files, qualified));
    }
    if (scheme.equals("hdfs")) {
      WriteOnce once = new WriteOnce(files, new RenamePut(files));
      SizedLedgerStore.Listing sizes =
          file ->
              FileSizes.listed(files, qualified)
                  .forEach((path, size) -> file.accept(DividedNames.name(path), size));
      return new HadoopLedgerStore(files, qualified, DividedNames::path, once, sizes);
    }
    if (scheme.equals("file")) {
      java.nio.file.Path local = Paths.get(URI.create("file://" + qualified.toUri().getRawPath()));
      WriteOnce once = new WriteOnce(files, new HardLinkPut(qualified, local));
      return new HadoopLedgerStore(
          files, qualified, UnaryOperator.identity(), once, FileSizes.onDisk(local));
    }
    throw new LedgerException(
        ("a ledger can't be kept in %s: it needs a store that refuses to create a file twice; put"
                + " it on s3://, on hdfs:// or on a local disk")
            .formatted(qualified));
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return once.write(file(name), content);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return once.read(file(name));
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

  /** Tells the name and the size of every file. In S3, one request for each thousand. */
  public void forEachFile(ObjLongConsumer<String> file) throws IOException {
    sizes.forEach(file);
  }

  @Override
  public String location() {
    return root.toString();
  }

  /** The file system is Hadoop's, shared by all who asked for it. */
  @Override
  public void close() {}

  private Path file(String name) {
    return new Path(root, paths.apply(name));
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
