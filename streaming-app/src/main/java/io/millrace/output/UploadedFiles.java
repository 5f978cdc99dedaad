package io.millrace.output;

import io.millrace.ledger.OutputFile;
import io.millrace.ledger.Pending;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files in S3 that stay multipart uploads until their batch's commit completes them. */
final class UploadedFiles implements DataFiles {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(UploadedFiles.class);

  private final String root;
  private final SerializableConfiguration configuration;
  private final FileNames names;
  private final BatchName batch;

  UploadedFiles(String root, Configuration configuration, FileNames names, BatchName batch) {
    this.root = root;
    this.configuration = new SerializableConfiguration(configuration);
    this.names = names;
    this.batch = batch;
  }

  @Override
  public DataFile create(Map<String, @Nullable String> partitionValues, int number)
      throws IOException {
    TableBucket bucket = TableBucket.of(root, configuration.value());
    String path = PartitionPath.of(partitionValues) + names.of(batch, number);
    String nonce = UUID.randomUUID().toString();
    return new Upload(bucket, path, bucket.begin(path, nonce), nonce, partitionValues);
  }

  private static final class Upload extends DataFile {
    private final TableBucket bucket;
    private final String path;
    private final String uploadId;
    private final String nonce;
    private final Map<String, @Nullable String> partitionValues;
    private final PartUploads parts;
    private long size;
    private boolean ended;

    Upload(
        TableBucket bucket,
        String path,
        String uploadId,
        String nonce,
        Map<String, @Nullable String> partitionValues) {
      this.bucket = bucket;
      this.path = path;
      this.uploadId = uploadId;
      this.nonce = nonce;
      this.partitionValues = new LinkedHashMap<>(partitionValues);
      this.parts =
          new PartUploads(
              (number, bytes, length) -> bucket.part(path, uploadId, number, bytes, length));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      parts.write(bytes, offset, length);
      size += length;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public OutputFile finish(long records, @Nullable String stats) throws IOException {
      List<String> partEtags = parts.finish();
      ended = true;
      return new OutputFile(
          path,
          size,
          records,
          partitionValues,
          stats,
          System.currentTimeMillis(),
          new Pending.Upload(uploadId, nonce, partEtags));
    }

    @Override
    public void abort() {
      if (!ended) {
        ended = true;
        parts.cancel();
        takeBack();
      }
    }

    @Override
    public void takeBack() {
      try {
        bucket.abort(path, uploadId);
      } catch (IOException e) {
        LOG.warn("an upload stays pending until it is swept: {}", e.getMessage());
      }
    }
  }
}
