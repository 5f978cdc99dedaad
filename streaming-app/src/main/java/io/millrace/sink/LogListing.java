package io.millrace.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists the files of a Delta log in S3 from a name on, which is a request or two.
 *
 * <p>Hadoop's file systems list all of a directory: of a log with a month's commits, one every ten
 * seconds, that is hundreds of requests one after another, and at every commit.
 */
final class LogListing {
  private static final int PAGE = 1_000;
  private static final String DELIMITER = "/"; // nothing of the directories below

  private LogListing() {}

  /**
   * The files in the directory of {@code from} whose names are not less than its own, in their
   * order; unlike {@code LogStore.listFrom}, without the directories.
   *
   * @throws FileNotFoundException where there is no such directory
   * @throws IOException as S3A says it of its own calls: denied, no such bucket, no answer
   */
  static Iterator<FileStatus> from(S3AFileSystem files, Path from) throws IOException {
    Path directory = files.makeQualified(from.getParent());
    List<FileStatus> found = new ArrayList<>();
    try {
      S3Client s3 = files.getS3AInternals().getAmazonS3Client("listing of " + directory);
      String prefix = files.pathToKey(directory) + DELIMITER;
      String token = null;
      do {
        var request =
            files.getRequestFactory().newListObjectsV2RequestBuilder(prefix, DELIMITER, PAGE);
        if (token == null) {
          request.startAfter(prefix + before(from.getName()));
        } else {
          request.continuationToken(token);
        }
        ListObjectsV2Response page = s3.listObjectsV2(request.build());
        for (S3Object object : page.contents()) {
          String name = object.key().substring(prefix.length());
          if (!name.isEmpty() && name.compareTo(from.getName()) >= 0) {
            found.add(status(object, new Path(directory, name), files));
          }
        }
        token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
      } while (token != null);
    } catch (SdkException e) {
      throw S3AUtils.translateException("listing", directory, e);
    }
    if (found.isEmpty() && !files.exists(directory)) {
      throw new FileNotFoundException("No such file or directory: " + directory);
    }
    return found.iterator();
  }

  /** A text that is less than the name, if not by much: S3 lists what is greater. */
  private static String before(String name) {
    int last = name.length() - 1;
    return name.substring(0, last) + (char) (name.charAt(last) - 1);
  }

  private static FileStatus status(S3Object object, Path path, S3AFileSystem files) {
    return new FileStatus(
        object.size(),
        false,
        1,
        files.getDefaultBlockSize(path),
        object.lastModified().toEpochMilli(),
        path);
  }
}
