package io.millrace.ledger;

import java.io.IOException;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;

/** Creates files in S3 with {@code If-None-Match: *}. */
final class ConditionalPut implements WriteOnce.ExclusiveCreate {
  /** Of S3A's class for a failed precondition, which is not in the client API that we see. */
  private static final String REFUSED = "RemoteFileChangedException";

  private final FileSystem files;

  ConditionalPut(FileSystem files) {
    this.files = files;
  }

  @Override
  public boolean create(Path file, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
    builder.recursive();
    builder.overwrite(true); // no look before the write: the write itself is conditional
    builder.must("fs.option.create.conditional.overwrite", "true");
    FSDataOutputStream out;
    try {
      out = builder.build();
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      out.write(content);
    } catch (IOException e) {
      abort(out);
      throw e;
    }
    try {
      out.close();
      return true;
    } catch (PathIOException e) {
      if (e.getClass().getSimpleName().equals(REFUSED)) {
        return false;
      }
      throw e;
    }
  }

  /** A plain close would publish what is there. */
  private static void abort(FSDataOutputStream out) {
    if (out.getWrappedStream() instanceof Abortable abortable) {
      abortable.abort();
    }
  }
}
