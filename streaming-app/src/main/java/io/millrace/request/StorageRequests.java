package io.millrace.request;

import java.io.Serializable;

/**
 * What storage was asked for, by who asked.
 *
 * @param objects by the clients that read objects and manifests
 * @param files by S3A, for ledger and tables
 * @param uploads of files that become visible only with their batch's commit
 */
public record StorageRequests(RequestCounts objects, RequestCounts files, RequestCounts uploads)
    implements Serializable {
  public static final StorageRequests NOTHING =
      new StorageRequests(RequestCounts.NOTHING, RequestCounts.NOTHING, RequestCounts.NOTHING);

  /** Both together. */
  public StorageRequests plus(StorageRequests other) {
    return new StorageRequests(
        objects.plus(other.objects), files.plus(other.files), uploads.plus(other.uploads));
  }

  /** Of two counts of one process, the later, whichever comes first. */
  public StorageRequests later(StorageRequests other) {
    return new StorageRequests(
        objects.later(other.objects), files.later(other.files), uploads.later(other.uploads));
  }
}
