package io.millrace.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/** What makes a finished data file visible under its name, at the batch's commit. */
public sealed interface Pending extends Serializable {

  /** What tells it from every other pending file of its table. */
  String id();

  /**
   * A multipart upload that waits to be completed.
   *
   * @param uploadId S3's
   * @param nonce what the object has as its user metadata {@code millrace-file} once it is there:
   *     so an own completion is known again
   * @param partEtags as S3 gave them, of the parts 1, 2, 3 …
   */
  record Upload(String uploadId, String nonce, List<String> partEtags) implements Pending {
    private static final long serialVersionUID = 1;

    public Upload {
      requireNonNull(uploadId, "uploadId");
      requireNonNull(nonce, "nonce");
      partEtags = List.copyOf(partEtags);
    }

    @Override
    public String id() {
      return uploadId;
    }
  }

  /**
   * A whole file under another name of the same file system, which waits to be renamed.
   *
   * @param path relative to the table's root
   */
  record Staged(String path) implements Pending {
    private static final long serialVersionUID = 1;

    public Staged {
      requireNonNull(path, "path");
    }

    @Override
    public String id() {
      return path;
    }
  }
}
