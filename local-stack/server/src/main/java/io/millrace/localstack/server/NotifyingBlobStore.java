package io.millrace.localstack.server;

import io.millrace.localstack.events.S3Event;
import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A store that tells the notifier of each change after it has happened. */
final class NotifyingBlobStore extends ForwardingBlobStore {
  /** How S3Proxy begins the keys under which it keeps uploads in parts; S3 has no such objects. */
  private static final String UPLOAD_STUB = ".s3proxy-mpu-stub-";

  private final Notifier notifier;

  NotifyingBlobStore(BlobStore store, Notifier notifier) {
    super(store);
    this.notifier = notifier;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    PutObjectResponse response = super.putBlob(request, content);
    created(S3Event.PUT, request.bucket(), request.key(), response.eTag(), response.versionId());
    return response;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
    created(
        S3Event.COMPLETE_MULTIPART_UPLOAD,
        upload.containerName(),
        upload.blobName(),
        response.eTag(),
        response.versionId());
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse response = super.copyBlob(request);
    created(
        S3Event.COPY,
        request.destinationBucket(),
        request.destinationKey(),
        response.copyObjectResult().eTag(),
        response.versionId());
    return response;
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    DeleteObjectResponse response = super.removeBlob(request);
    if (request.key().startsWith(UPLOAD_STUB)) {
      return response;
    }
    boolean marker = Boolean.TRUE.equals(response.deleteMarker()) && request.versionId() == null;
    notifier.changed(
        marker ? S3Event.DELETE_MARKER_CREATED : S3Event.DELETE,
        request.bucket(),
        request.key(),
        null,
        null,
        response.versionId());
    return response;
  }

  private void created(
      String eventName,
      String bucket,
      String key,
      @Nullable String eTag,
      @Nullable String versionId) {
    if (notifier.isSubscribed(bucket) && !key.startsWith(UPLOAD_STUB)) {
      long size =
          blobMetadata(
                  HeadObjectRequest.builder().bucket(bucket).key(key).versionId(versionId).build())
              .contentLength();
      String unquoted = eTag == null ? null : eTag.replace("\"", "");
      notifier.changed(eventName, bucket, key, size, unquoted, versionId);
    }
  }
}
