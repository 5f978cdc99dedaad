package io.millrace.output;

import io.millrace.ledger.OutputFile;
import io.millrace.ledger.Pending;
import java.io.IOException;
import java.util.ArrayList;
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

  /** The size of the first parts, and of the buffer that each open file has. */
  static final int PART_BYTES = 8 << 20;

  /**
   * After so many parts, parts are twice as large, and so on: 10,000 of them, S3's limit, hold 300
   * GB.
   */
  static final int PARTS_OF_ONE_SIZE = 2_500;

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
    private final List<String> partEtags = new ArrayList<>();
    private byte[] part = new byte[PART_BYTES];
    private int filled;
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
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int chunk = Math.min(length - done, part.length - filled);
        System.arraycopy(bytes, offset + done, part, filled, chunk);
        filled += chunk;
        done += chunk;
        if (filled == part.length) {
          send();
        }
      }
      size += length;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public OutputFile finish(long records, @Nullable String stats) throws IOException {
      if (filled > 0 || partEtags.isEmpty()) {
        send();
      }
      ended = true;
      part = new byte[0];
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

    private void send() throws IOException {
      partEtags.add(bucket.part(path, uploadId, partEtags.size() + 1, part, filled));
      filled = 0;
      int wanted = PART_BYTES << (partEtags.size() / PARTS_OF_ONE_SIZE);
      if (wanted != part.length) {
        part = new byte[wanted];
      }
    }
  }
}
