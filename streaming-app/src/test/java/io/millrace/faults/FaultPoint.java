package io.millrace.faults;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call in our classes that leaves the process, or a method of a library by which it does.
 *
 * @param name {@code package.Class.method -> Type.method}, with {@code #2} and so on where a method
 *     has several such calls
 * @param failure what it throws when it fails
 */
record FaultPoint(String name, Boundary.Failure failure) {
  private static final Pattern PUBLISHING =
      Pattern.compile(
          ".*(-> (FSDataOutputStream\\.close|Files\\.(createLink|move)|FileSystem\\.rename"
              + "|S3Client\\.completeMultipartUpload|OptimisticTransaction\\.commit"
              + "|SqsClient\\.deleteMessageBatch)(#\\d+)?"
              + "|Manager\\.renameTempFile|LogStore\\.write)");

  /** Nothing depends on what is written there: Delta looks behind its last checkpoint anyway. */
  private static final Pattern HINTING =
      Pattern.compile("sink\\.ConditionalCreateLogStore\\.write -> FSDataOutputStream\\..*");

  private static final Pattern LOOKING =
      Pattern.compile(
          ".*(-> (FSDataInputStream|InputStream|RemoteIterator|FutureDataInputStreamBuilder|SdkIterable|Snapshot)"
              + "\\.[A-Za-z]+"
              + "|-> FileSystem\\.(getFileStatus|listStatus|exists|open)"
              + "|-> S3Client\\.(get|head|list)[A-Za-z]+|-> SqsClient\\.getQueueAttributes"
              + "|-> Delta(Log|HistoryManager)\\.[A-Za-z]+|-> OptimisticTransaction\\.filterFiles"
              + "|Manager\\.(list|open|exists)|LogStore\\.(read|listFrom))(#\\d+)?");

  /** Whether others see something new once it was called: then it matters who called. */
  boolean publishes() {
    return PUBLISHING.matcher(name).matches() && !HINTING.matcher(name).matches();
  }

  /**
   * What can go wrong there, and nowhere else. A call that only looks has no effect: that its reply
   * is lost is no other case than that it fails, and a process that ends there has ended behind the
   * call before. So has one that ends before a call; it is a case of its own only where much has
   * happened inside the process, before something is published.
   *
   * @param all also the cases that are no others
   */
  Set<FaultKind> kinds(boolean all) {
    if (all || publishes()) {
      return EnumSet.allOf(FaultKind.class);
    }
    return LOOKING.matcher(name).matches()
        ? EnumSet.of(FaultKind.THROW)
        : EnumSet.of(FaultKind.THROW, FaultKind.REPLY_LOST, FaultKind.HALT);
  }
}
