package io.millrace.localstack.server.nio2blob;

import java.nio.file.Path;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/**
 * S3Proxy's store of files, with the versions that it knows to keep but does not offer: they need
 * extended attributes, which not all file systems have. A bucket is versioned only when asked to
 * be, so that nothing else here needs them.
 */
public final class FileStore extends AbstractNio2BlobStore {
  public FileStore(Path directory) {
    super(directory);
  }

  @Override
  public boolean supportsVersioning() {
    return true;
  }
}
