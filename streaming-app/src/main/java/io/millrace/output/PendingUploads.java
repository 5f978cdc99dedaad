package io.millrace.output;

import io.millrace.ledger.OutputFile;
import io.millrace.ledger.Pending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Files in S3 that become visible by completing their multipart upload.
 *
 * <p>An upload completes once: who comes later is told that there is no such upload, and looks
 * whether the object has the file's nonce.
 */
final class PendingUploads implements PendingFiles {
  private final String root;
  private final Configuration configuration;
  private final FileNames names;
  private final TableBucket bucket;

  PendingUploads(String root, Configuration configuration, FileNames names) throws IOException {
    this.root = root;
    this.configuration = configuration;
    this.names = names;
    this.bucket = TableBucket.of(root, configuration);
  }

  @Override
  public DataFiles writersOf(BatchName batch) {
    return new UploadedFiles(root, configuration, names, batch);
  }

  @Override
  public boolean isIntact(OutputFile file) throws IOException {
    Pending.Upload upload = upload(file);
    return bucket.isPending(file.path(), upload.uploadId(), upload.partEtags())
        || bucket.has(file, upload.nonce());
  }

  @Override
  public boolean publish(OutputFile file) throws IOException {
    Pending.Upload upload = upload(file);
    return bucket.complete(file.path(), upload.uploadId(), upload.partEtags())
        || bucket.has(file, upload.nonce());
  }

  @Override
  public void takeBack(OutputFile file) throws IOException {
    bucket.abort(file.path(), upload(file).uploadId());
  }

  /** In this order: once aborted, an upload can't be completed behind our back. */
  @Override
  public void remove(OutputFile file) throws IOException {
    takeBack(file);
    if (bucket.has(file, upload(file).nonce())) {
      bucket.delete(file.path());
    }
  }

  @Override
  public List<Leftover> pending() throws IOException {
    List<Leftover> pending = new ArrayList<>();
    for (MultipartUpload upload : bucket.uploads()) {
      String path = bucket.path(upload.key());
      Optional<BatchName> batch = names.batch(path.substring(path.lastIndexOf('/') + 1));
      batch.ifPresent(
          of -> pending.add(new Leftover(of, path, upload.uploadId(), upload.initiated())));
    }
    return pending;
  }

  @Override
  public void takeBack(Leftover leftover) throws IOException {
    bucket.abort(leftover.path(), leftover.id());
  }

  private static Pending.Upload upload(OutputFile file) throws IOException {
    if (file.pending() instanceof Pending.Upload upload) {
      return upload;
    }
    throw new IOException("the prepared file %s is no upload".formatted(file.path()));
  }
}
