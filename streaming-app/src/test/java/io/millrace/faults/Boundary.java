package io.millrace.faults;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Which calls leave the process.
 *
 * <p>Of the types by which something can be reached outside, each method that our classes call is
 * such a call, unless it is named here as one that stays inside; a type that is not named at all
 * fails the enumeration. So a new call can't be forgotten.
 *
 * <p>Spark's jobs are no calls of this kind: what they reach outside, they reach in our tasks or in
 * Delta.
 */
final class Boundary {
  /** What a boundary throws when it fails. */
  enum Failure {
    SDK {
      @Override
      Exception create(String message) {
        return SdkClientException.create(message);
      }
    },
    IO {
      @Override
      Exception create(String message) {
        return new IOException(message);
      }
    };

    abstract Exception create(String message);
  }

  private static final String AWS = "software/amazon/awssdk/";
  private static final String HADOOP = "org/apache/hadoop/fs/";
  private static final String DELTA = "org/apache/spark/sql/delta/";

  /** Types whose calls leave, by internal names. */
  private static final Map<String, Failure> LEAVING =
      Map.ofEntries(
          Map.entry(AWS + "services/sqs/SqsClient", Failure.SDK),
          Map.entry(AWS + "services/s3/S3Client", Failure.SDK),
          Map.entry(AWS + "core/pagination/sync/SdkIterable", Failure.SDK),
          Map.entry(AWS + "core/ResponseInputStream", Failure.IO),
          Map.entry(HADOOP + "FileSystem", Failure.IO),
          Map.entry(HADOOP + "RawLocalFileSystem", Failure.IO),
          Map.entry(HADOOP + "s3a/S3AFileSystem", Failure.IO),
          Map.entry(HADOOP + "FSDataOutputStreamBuilder", Failure.IO),
          Map.entry(HADOOP + "FutureDataInputStreamBuilder", Failure.IO),
          Map.entry(HADOOP + "FSDataOutputStream", Failure.IO),
          Map.entry(HADOOP + "FSDataInputStream", Failure.IO),
          Map.entry(HADOOP + "RemoteIterator", Failure.IO),
          Map.entry("java/io/File", Failure.IO),
          Map.entry("java/io/InputStream", Failure.IO),
          Map.entry("java/nio/file/Files", Failure.IO),
          Map.entry("java/nio/channels/FileChannel", Failure.IO),
          Map.entry("io/delta/tables/DeltaTableBuilder", Failure.IO),
          Map.entry(DELTA + "DeltaLog", Failure.IO),
          Map.entry(DELTA + "DeltaHistoryManager", Failure.IO),
          Map.entry(DELTA + "Snapshot", Failure.IO),
          Map.entry(DELTA + "storage/LogStore", Failure.IO),
          Map.entry(DELTA + "OptimisticTransaction", Failure.IO));

  private static final Pattern WATCHED =
      Pattern.compile(
          "software/amazon/awssdk/.*|org/apache/hadoop/.*|io/delta/.*|org/apache/spark/sql/delta/.*"
              + "|java/nio/file/.*|java/nio/channels/.*|java/io/(File|InputStream|Random).*"
              + "|java/net/(http/.*|.*Socket|URL|.*URLConnection)");

  /** Calls of watched types, as {@code type.method}, that reach nothing outside. */
  private static final Pattern STAYING =
      Pattern.compile(
          String.join(
              "|",
              // Values, exceptions, and how clients are built.
              "software/amazon/awssdk/(auth|regions|retries|metrics|http|awscore)/.*",
              "software/amazon/awssdk/core/(ResponseBytes|exception/|sync/RequestBody|client/).*",
              "software/amazon/awssdk/services/(s3/model|sqs/model|sts|s3/paginators)/.*",
              "software/amazon/awssdk/services/.*(ClientBuilder\\.|Client\\.(builder|close)).*",
              "org/apache/hadoop/(conf|util|fs/statistics|fs/s3a/api|fs/s3a/impl)/.*",
              "org/apache/hadoop/fs/(Path|(Located)?FileStatus|Options|[A-Za-z]*Exception)[.$].*",
              "org/apache/hadoop/fs/s3a/(S3AInternals|S3AUtils|UnknownStoreException)\\..*",
              "java/nio/file/(Path|Paths|[A-Za-z]*Visitor|attribute/[A-Za-z]*|[A-Za-z]*Exception)\\..*",
              "java/io/File(\\.toPath|NotFoundException\\..*)",
              "org/apache/spark/sql/delta/(actions/|DeltaOperations|VersionChecksum|TableFeature"
                  + "|util/FileNames|Delta[A-Za-z]*Exception).*",
              // Named and prepared here, sent by another call.
              ".*/S3Client\\.[A-Za-z]*Paginator",
              ".*/(FileSystem|S3AFileSystem)\\.(getUri|makeQualified|createFile|openFile|pathToKey"
                  + "|getS3AInternals|getRequestFactory|getBucket|getDefaultBlockSize)",
              ".*/(RawLocalFileSystem\\.pathToFile|LocalFileSystem\\.getRawFileSystem)",
              ".*/FSDataOutputStreamBuilder\\.(recursive|overwrite|must|opt)",
              ".*/FutureDataInputStreamBuilder\\.(must|opt)",
              "io/delta/tables/DeltaTable\\.createIfNotExists",
              "io/delta/tables/DeltaTableBuilder\\.(location|addColumns|partitionedBy|property)",
              "io/delta/storage/HadoopFileSystemLogStore\\.<init>",
              // Of directories that VACUUM, a command of others, goes through.
              "io/delta/storage/HadoopFileSystemLogStore\\.listFrom",
              // Of what has been read already.
              ".*/DeltaLog\\.(dataPath|logPath|newDeltaHadoopConf|store|tableExists|createDataFrame)",
              ".*/Snapshot\\.(metadata|protocol|version|checksumOpt|deltaLog)",
              ".*/OptimisticTransaction\\.(snapshot|metadata|protocol|deltaLog|readTxn)",
              ".*/ResponseInputStream\\.response",
              ".*/FSDataOutputStream\\.getWrappedStream",
              // Lets go of a connection, or of bytes that were never sent; can't fail.
              ".*/ResponseInputStream\\.abort",
              ".*/Abortable\\.abort"));

  /** Plain input streams are decompressors and buffers, but for what these classes open. */
  private static final Set<String> OPENERS =
      Set.of("io/millrace/app/SparkCheckpoint", "io/millrace/convert/Schemas");

  private Boundary() {}

  /**
   * What the call throws when it fails, if it leaves the process.
   *
   * @param caller internal name of the class that calls
   * @throws IllegalStateException for a type that is not known to leave or to stay
   */
  static Optional<Failure> failureOf(String caller, String owner, String method) {
    String call = owner + "." + method;
    if (!WATCHED.matcher(owner).matches() || STAYING.matcher(call).matches()) {
      return Optional.empty();
    }
    if (owner.equals("java/io/InputStream") && !OPENERS.contains(caller)) {
      return Optional.empty();
    }
    Failure failure = LEAVING.get(owner);
    if (failure == null) {
      throw new IllegalStateException(
          "%s calls %s: say in Boundary whether that leaves the process".formatted(caller, call));
    }
    return Optional.of(failure);
  }
}
