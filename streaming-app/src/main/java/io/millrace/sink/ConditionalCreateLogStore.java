package io.millrace.sink;

import io.delta.storage.HadoopFileSystemLogStore;
import io.millrace.ledger.WriteOnce;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delta's log in S3, with commits that are created on the condition that there is none of that
 * version, so that of two drivers which write one version only one succeeds.
 *
 * <p>Every other writer of the same table must use it too: Delta's default store on S3 looks before
 * it writes, and overwrites what came in between. A commit's content is unlike any other's, for it
 * names its transaction.
 */
public final class ConditionalCreateLogStore extends HadoopFileSystemLogStore {

  private static final String LOG_DIRECTORY = "_delta_log";
  private static final Logger LOG = LoggerFactory.getLogger(ConditionalCreateLogStore.class);

  /** Not with an S3A that has none of Hadoop's own inner parts. */
  private volatile boolean listsFromNames = true;

  /** Called by Delta. */
  public ConditionalCreateLogStore(Configuration configuration) {
    super(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    byte[] content = lines(actions);
    if (overwrite) {
      try (var out = files.create(path, true)) {
        out.write(content);
      }
    } else if (!WriteOnce.inS3(files).write(path, content)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /** VACUUM lists a table's directories by this, too, and needs those that are in them. */
  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration configuration) throws IOException {
    if (listsFromNames
        && path.getParent().getName().equals(LOG_DIRECTORY)
        && path.getFileSystem(configuration) instanceof S3AFileSystem files) {
      try {
        return LogListing.from(files, path);
      } catch (LinkageError e) {
        listsFromNames = false;
        LOG.warn("this S3A can't list from a name on: Delta's log is listed as a whole", e);
      }
    }
    return super.listFrom(path, configuration);
  }

  /** A PUT shows all or nothing. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }

  private static byte[] lines(Iterator<String> actions) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    actions.forEachRemaining(
        action -> {
          content.writeBytes(action.getBytes(StandardCharsets.UTF_8));
          content.write('\n');
        });
    return content.toByteArray();
  }
}
