package io.millrace.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaHistoryManager;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.util.FileNames;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The versions of a Delta table's application transactions, in one of its snapshots.
 *
 * <p>Most commits leave them in the version's checksum file ({@code .crc}), of which Delta itself
 * takes protocol and schema, too. Where a version has none they are looked for in the whole log:
 * Delta's own way to ask for them always does that, with a Spark job over every file that the table
 * has, at every commit.
 *
 * <p>Delta does not look whether a checksum file is of the commit beside it, and never overwrites
 * one: where somebody takes versions out of the log and leaves their checksum files, these would
 * tell of what is gone. So the ids of the two are compared here.
 */
final class TransactionVersions {
  private static final long UNKNOWN = -1;

  private final Map<String, Long> versions = new HashMap<>();

  private TransactionVersions(Seq<SetTransaction> transactions) {
    DeltaScala.list(transactions).forEach(each -> versions.put(each.appId(), each.version()));
  }

  /**
   * Of a snapshot.
   *
   * @throws SinkException where its checksum file is of another commit
   */
  static TransactionVersions of(Snapshot snapshot) throws IOException {
    return noted(snapshot).isEmpty() ? inLog(snapshot) : of(snapshot, commit(snapshot));
  }

  /** Of one whose checksum file has them. */
  private static TransactionVersions of(Snapshot snapshot, @Nullable CommitInfo commit) {
    return commit != null && isOf(commit, snapshot)
        ? new TransactionVersions(noted(snapshot).get())
        : inLog(snapshot);
  }

  /**
   * Makes sure at a start that the checksum file tells the truth: its commit may have built it on a
   * wrong one. No job is needed where the commit itself says the same of the stream, as the
   * stream's own do. Nor may there be one that waits for a version to come.
   *
   * @throws SinkException where the checksum file does not say what the log does
   */
  static void requireTrue(Snapshot snapshot, StreamId stream) throws IOException {
    requireNoneAhead(snapshot);
    if (noted(snapshot).isEmpty()) {
      return;
    }
    CommitInfo commit = commit(snapshot);
    TransactionVersions told = of(snapshot, commit);
    boolean sure =
        snapshot.version() == 0
            || (commit != null
                && says(commit, "queryId", stream.ordinalAppId())
                && says(commit, "epochId", Long.toString(told.of(stream.ordinalAppId()))));
    if (!sure && !told.equals(inLog(snapshot))) {
      throw foreignChecksums(snapshot.version(), snapshot);
    }
  }

  private static void requireNoneAhead(Snapshot snapshot) throws IOException {
    DeltaLog log = snapshot.deltaLog();
    SortedSet<Long> checksums = new TreeSet<>();
    Iterator<FileStatus> files =
        log.store()
            .listFrom(
                FileNames.checksumFile(log.logPath(), snapshot.version() + 1),
                log.newDeltaHadoopConf());
    while (files.hasNext()) {
      Path file = files.next().getPath();
      if (FileNames.isChecksumFile(file)) {
        checksums.add(FileNames.checksumVersion(file));
      } else if (FileNames.isDeltaFile(file)) {
        checksums.remove(FileNames.deltaVersion(file)); // committed in the meantime
      }
    }
    if (!checksums.isEmpty()) {
      throw foreignChecksums(checksums.first(), snapshot);
    }
  }

  /** As the log itself has them, by Spark's jobs. */
  static TransactionVersions inLog(Snapshot snapshot) {
    return new TransactionVersions(snapshot.setTransactions());
  }

  /** Of the snapshot that a transaction reads; a later commit to one of these is a conflict. */
  static TransactionVersions read(OptimisticTransaction transaction, List<String> appIds)
      throws IOException {
    transaction.readTxn().$plus$plus$eq(JavaConverters.asScalaBuffer(appIds));
    return of(transaction.snapshot());
  }

  /** The version of an application; -1 where there is none. */
  long of(String appId) {
    return versions.getOrDefault(appId, UNKNOWN);
  }

  Set<String> appIds() {
    return versions.keySet();
  }

  private static Option<Seq<SetTransaction>> noted(Snapshot snapshot) {
    Option<VersionChecksum> checksum = snapshot.checksumOpt();
    return checksum.isEmpty() ? Option.empty() : checksum.get().setTransactions();
  }

  private static @Nullable CommitInfo commit(Snapshot snapshot) throws IOException {
    try {
      Option<CommitInfo> commit = readCommit(snapshot);
      return commit.isEmpty() ? null : commit.get();
    } catch (FileNotFoundException e) {
      return null; // a checkpoint has it
    }
  }

  /** Scala does not declare what it throws. */
  private static Option<CommitInfo> readCommit(Snapshot snapshot) throws IOException {
    DeltaLog log = snapshot.deltaLog();
    return DeltaHistoryManager.getCommitInfoOpt(
        log.store(),
        FileNames.unsafeDeltaFile(log.logPath(), snapshot.version()),
        log.newDeltaHadoopConf());
  }

  /** Whether the snapshot's checksum file is the commit's; false where the two do not say. */
  private static boolean isOf(CommitInfo commit, Snapshot snapshot) {
    Option<String> id = snapshot.checksumOpt().get().txnId();
    if (id.isEmpty() || commit.txnId().isEmpty()) {
      return false;
    }
    if (!id.equals(commit.txnId())) {
      throw foreignChecksums(snapshot.version(), snapshot);
    }
    return true;
  }

  private static boolean says(CommitInfo commit, String parameter, String value) {
    if (commit.operationParameters() == null) { // of another writer
      return false;
    }
    Option<String> said = commit.operationParameters().get(parameter);
    return said.isDefined() && said.get().equals(value);
  }

  private static SinkException foreignChecksums(long version, Snapshot snapshot) {
    return new SinkException(
        ("the checksum file of version %d in %s tells of other commits than the log has, as when"
                + " versions were taken out of it without their .crc files: Delta trusts these."
                + " Stop all writers of the table, delete all .crc files there, which costs"
                + " nothing, and start again")
            .formatted(version, snapshot.deltaLog().logPath()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransactionVersions that && versions.equals(that.versions);
  }

  @Override
  public int hashCode() {
    return versions.hashCode();
  }
}
