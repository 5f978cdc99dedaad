package io.millrace.output;

import io.millrace.ledger.OutputFile;
import io.millrace.request.ProcessRequests;
import io.millrace.request.ServiceAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.api.RequestFactory;
import org.apache.hadoop.fs.s3a.impl.PutObjectOptions;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A table's directory in S3, with the requests that multipart uploads need.
 *
 * <p>The client is S3A's own, and its request factory makes the requests: so endpoint, credentials,
 * encryption, storage class and access lists are those of {@code hadoop-conf}, as for every other
 * file of a table.
 */
final class TableBucket {
  /** The user metadata by which an object is known again. */
  static final String NONCE = "millrace-file";

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final RequestFactory requests;
  private final String bucket;
  private final String prefix;

  private TableBucket(S3Client s3, RequestFactory requests, String bucket, String prefix) {
    this.s3 = s3;
    this.requests = requests;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** Whether a directory is one that S3A serves. */
  static boolean serves(FileSystem files) {
    return files instanceof S3AFileSystem;
  }

  /**
   * Connects to the store.
   *
   * @param root the table's directory
   */
  static TableBucket of(String root, Configuration configuration) throws IOException {
    Path path = new Path(root);
    if (!(path.getFileSystem(configuration) instanceof S3AFileSystem s3a)) {
      throw new IOException(
          ("%s is not served by S3A, whose client uploads Parquet files: set"
                  + " hadoop-conf.fs.%s.impl to org.apache.hadoop.fs.s3a.S3AFileSystem")
              .formatted(root, path.toUri().getScheme()));
    }
    String key = s3a.pathToKey(s3a.makeQualified(path));
    return new TableBucket(
        s3a.getS3AInternals().getAmazonS3Client("pending uploads of " + root),
        s3a.getRequestFactory(),
        s3a.getBucket(),
        key.isEmpty() ? "" : key + "/");
  }

  /** A request to S3. */
  private interface Request<T> {
    T send() throws IOException;
  }

  /** Begins an upload of what will be visible under {@code path}; returns its id. */
  String begin(String path, String nonce) throws IOException {
    return call(
        "begin the upload of",
        path,
        () ->
            s3.createMultipartUpload(
                    counted(
                            requests.newMultipartUploadRequestBuilder(
                                prefix + path, PutObjectOptions.defaultOptions()))
                        .metadata(Map.of(NONCE, nonce))
                        .build())
                .uploadId());
  }

  /**
   * Uploads a part.
   *
   * @param number from 1
   * @return its ETag
   */
  String part(String path, String uploadId, int number, byte[] bytes, int length)
      throws IOException {
    return call(
        "upload a part of",
        path,
        () ->
            s3.uploadPart(
                    counted(
                            requests.newUploadPartRequestBuilder(
                                prefix + path, uploadId, number, false, length))
                        .build(),
                    RequestBody.fromContentProvider( // the others copy
                        () -> new ByteArrayInputStream(bytes, 0, length),
                        length,
                        "application/octet-stream"))
                .eTag());
  }

  /** Completes an upload; false where there is none any more, or one without these parts. */
  boolean complete(String path, String uploadId, List<String> partEtags) throws IOException {
    List<CompletedPart> parts = new ArrayList<>(partEtags.size());
    for (String etag : partEtags) {
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(etag).build());
    }
    return call(
        "complete the upload of",
        path,
        () -> {
          try {
            return send(path, uploadId, parts);
          } catch (S3Exception e) {
            if (e.statusCode() != BAD_REQUEST) {
              throw e;
            }
          }
          // Where S3A has parts uploaded with checksums, S3 wants to be told them.
          Optional<List<Part>> there = parts(path, uploadId).filter(has(partEtags));
          return there.isPresent()
              && send(
                  path, uploadId, there.get().stream().map(TableBucket::withChecksums).toList());
        });
  }

  /** False where the upload is over. */
  private boolean send(String path, String uploadId, List<CompletedPart> parts) {
    try {
      s3.completeMultipartUpload(
          counted(
                  requests.newCompleteMultipartUploadRequestBuilder(
                      prefix + path, uploadId, parts, PutObjectOptions.defaultOptions()))
              .build());
      return true;
    } catch (S3Exception e) {
      if (isOver(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Those that a part has; it has none unless S3A was told to have them made. */
  static CompletedPart withChecksums(Part part) {
    return CompletedPart.builder()
        .partNumber(part.partNumber())
        .eTag(part.eTag())
        .checksumCRC32(part.checksumCRC32())
        .checksumCRC32C(part.checksumCRC32C())
        .checksumCRC64NVME(part.checksumCRC64NVME())
        .checksumSHA1(part.checksumSHA1())
        .checksumSHA256(part.checksumSHA256())
        .build();
  }

  /** Whether an upload can still be completed: it is there with its parts. */
  boolean isPending(String path, String uploadId, List<String> partEtags) throws IOException {
    return call(
        "look at the upload of",
        path,
        () -> parts(path, uploadId).filter(has(partEtags)).isPresent());
  }

  /** The parts of an upload; empty where it is over. */
  private Optional<List<Part>> parts(String path, String uploadId) {
    List<Part> there = new ArrayList<>();
    try {
      s3.listPartsPaginator(r -> counted(r).bucket(bucket).key(prefix + path).uploadId(uploadId))
          .parts()
          .forEach(there::add);
    } catch (S3Exception e) {
      if (isOver(e)) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(there);
  }

  private static Predicate<List<Part>> has(List<String> partEtags) {
    return parts ->
        parts.stream()
            .map(part -> unquoted(part.eTag()))
            .toList()
            .equals(partEtags.stream().map(TableBucket::unquoted).toList());
  }

  /** Takes an upload back; does nothing where there is none. */
  void abort(String path, String uploadId) throws IOException {
    call(
        "abort the upload of",
        path,
        () -> {
          try {
            return s3.abortMultipartUpload(
                counted(requests.newAbortMultipartUploadRequestBuilder(prefix + path, uploadId))
                    .build());
          } catch (S3Exception e) {
            if (isOver(e)) {
              return null;
            }
            throw e;
          }
        });
  }

  /** Whether the object is there, and is this file. */
  boolean has(OutputFile file, String nonce) throws IOException {
    return call(
        "look for",
        file.path(),
        () -> {
          try {
            HeadObjectResponse head =
                s3.headObject(
                    counted(requests.newHeadObjectRequestBuilder(prefix + file.path())).build());
            return nonce.equals(head.metadata().get(NONCE))
                && head.contentLength() == file.sizeBytes();
          } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
              return false;
            }
            throw e;
          }
        });
  }

  void delete(String path) throws IOException {
    call("delete", path, () -> s3.deleteObject(r -> counted(r).bucket(bucket).key(prefix + path)));
  }

  /** All uploads below the directory. */
  List<MultipartUpload> uploads() throws IOException {
    List<MultipartUpload> all = new ArrayList<>();
    String key = null;
    String id = null;
    while (true) {
      String keyMarker = key;
      String idMarker = id;
      ListMultipartUploadsResponse page =
          call(
              "list the uploads of",
              "",
              () ->
                  s3.listMultipartUploads(
                      counted(requests.newListMultipartUploadsRequestBuilder(prefix))
                          .keyMarker(keyMarker)
                          .uploadIdMarker(idMarker)
                          .build()));
      page.uploads().stream().filter(u -> u.key().startsWith(prefix)).forEach(all::add);
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return all;
      }
      key = page.nextKeyMarker();
      id = page.nextUploadIdMarker();
    }
  }

  /** A key's path relative to the directory. */
  String path(String key) {
    return key.substring(prefix.length());
  }

  /** Beside what S3A sets. S3A's own statistics leave out what is counted here. */
  private static <B extends AwsRequest.Builder> B counted(B request) {
    AwsRequestOverrideConfiguration given = request.overrideConfiguration();
    AwsRequestOverrideConfiguration.Builder settings =
        given == null ? AwsRequestOverrideConfiguration.builder() : given.toBuilder();
    request.overrideConfiguration(settings.addMetricPublisher(ProcessRequests.uploads()).build());
    return request;
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  /** Completed or aborted. */
  private static boolean isOver(S3Exception e) {
    ServiceAnswer answer = ServiceAnswer.of(e);
    return answer.status() == NOT_FOUND || answer.code().equals("NoSuchUpload");
  }

  private <T> T call(String what, String path, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (SdkException e) {
      throw new IOException(
          "cannot %s s3://%s/%s%s: %s".formatted(what, bucket, prefix, path, e.getMessage()), e);
    }
  }
}
