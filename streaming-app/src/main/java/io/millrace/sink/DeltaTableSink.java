package io.millrace.sink;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFiles;
import io.millrace.output.DirectoryFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.streaming.OutputMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** A Delta table whose log holds the committed offset, as the version of a transaction. */
public final class DeltaTableSink implements TableSink {
  /** How often a commit gives way to other writers of the table before it fails. */
  static final int MAX_CONFLICTS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DeltaTableSink.class);

  /** An announced attempt is one number: the ordinal, and in so many bits the attempt. */
  private static final int ATTEMPT_BITS = 20;

  private static final int MAX_ATTEMPT = (1 << ATTEMPT_BITS) - 1;
  private static final String TRANSACTION_RETENTION = "delta.setTransactionRetentionDuration";

  private final SparkSession spark;
  private final TableSpec spec;
  private final StreamId stream;
  private final DeltaLog log;
  private final String tableId;

  private DeltaTableSink(
      SparkSession spark, TableSpec spec, StreamId stream, DeltaLog log, String tableId) {
    this.spark = spark;
    this.spec = spec;
    this.stream = stream;
    this.log = log;
    this.tableId = tableId;
  }

  /**
   * Opens the table, or creates it.
   *
   * @throws SinkException where a table is there that does not fit, or whose checksum files do not
   */
  public static DeltaTableSink openOrCreate(SparkSession spark, TableSpec spec, StreamId stream)
      throws IOException {
    if (!check(spark, spec)) {
      create(spark, spec);
    }
    return DeltaCalls.call(
        () -> {
          DeltaLog log = DeltaLog.forTable(spark, spec.path());
          Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
          TransactionVersions.requireTrue(snapshot, stream);
          return new DeltaTableSink(spark, spec, stream, log, snapshot.metadata().id());
        });
  }

  /**
   * Looks whether the table can be used; makes and changes nothing.
   *
   * @return whether it is there; where it is not, it can be made
   * @throws SinkException where a table is there that does not fit, or something that is no table
   */
  public static boolean check(SparkSession spark, TableSpec spec) throws IOException {
    return DeltaCalls.call(
        () -> {
          DeltaLog log = DeltaLog.forTable(spark, spec.path());
          if (!log.tableExists()) {
            refuseWhatIsNoTable(log);
            return false;
          }
          Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
          TableFit.misfit(spec, snapshot.protocol(), snapshot.metadata())
              .ifPresent(
                  misfit -> {
                    throw new SinkException(
                        ("the Delta table at %s does not fit the configuration: %s; change the"
                                + " configuration, or give the stream another table")
                            .formatted(spec.path(), misfit));
                  });
          return true;
        });
  }

  private static void refuseWhatIsNoTable(DeltaLog log) throws IOException {
    Path path = log.dataPath();
    FileSystem system = path.getFileSystem(log.newDeltaHadoopConf());
    try {
      for (FileStatus status : system.listStatus(path)) {
        if (!status.getPath().equals(log.logPath())) {
          throw new SinkException(
              ("%s is not a Delta table, and not empty either (it has %s): nothing is mixed with"
                      + " other files; give the stream an empty directory")
                  .formatted(path, status.getPath().getName()));
        }
      }
    } catch (FileNotFoundException e) {
      // Not there: it can be made.
    }
  }

  @Override
  public CommittedOffset committed() throws IOException {
    return DeltaCalls.call(
        () -> {
          Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
          checkIdentity(snapshot.metadata());
          return committed(TransactionVersions.of(snapshot));
        });
  }

  @Override
  public List<OutputFile> write(Dataset<Row> rows) throws IOException {
    return DeltaCalls.call(
        () -> {
          OptimisticTransaction transaction = begin();
          List<OutputFile> files = new ArrayList<>();
          for (FileAction written : DeltaScala.list(transaction.writeFiles(rows))) {
            files.add(DeltaScala.outputFile((AddFile) written));
          }
          return files;
        });
  }

  /**
   * Files that Delta's log does not name are orphans, which VACUUM removes.
   *
   * @throws TableChangedException when the table no longer takes such files
   */
  @Override
  public DataFiles dataFiles() throws IOException {
    return DeltaCalls.call(
        () -> {
          begin();
          return new DirectoryFiles(log.dataPath().toString(), log.newDeltaHadoopConf());
        });
  }

  @Override
  public List<String> statisticsColumns() {
    return TableFit.statisticsColumns(spec);
  }

  @Override
  public void discard(List<OutputFile> files) throws IOException {
    FileSystem system = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
    for (OutputFile file : files) {
      system.delete(path(file), false);
    }
  }

  private Path path(OutputFile file) {
    return new Path(log.dataPath(), new Path(URI.create(file.path())));
  }

  @Override
  public void verify(List<OutputFile> files) throws IOException {
    FileSystem system = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
    for (OutputFile file : files) {
      Path path = path(file);
      try {
        FileStatus status = system.getFileStatus(path);
        if (status.getLen() != file.sizeBytes()) {
          throw new FilesVanishedException(
              "%s was written with %d bytes and now has %d"
                  .formatted(path, file.sizeBytes(), status.getLen()));
        }
      } catch (FileNotFoundException e) {
        throw new FilesVanishedException(path + " was written, and is gone", e);
      }
    }
  }

  @Override
  public void announce(TableCommit commit) throws IOException {
    untilNoOtherIsFaster(() -> tryAnnounce(commit));
  }

  @Override
  public void commit(TableCommit commit) throws IOException {
    untilNoOtherIsFaster(() -> tryCommit(commit));
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private void untilNoOtherIsFaster(Attempt attempt) throws IOException {
    DeltaCalls.call(
        () -> {
          for (int conflicts = 0; ; conflicts++) {
            try {
              attempt.run();
              return null;
            } catch (org.apache.spark.sql.delta.DeltaConcurrentModificationException e) {
              if (conflicts == MAX_CONFLICTS) {
                throw new IOException(
                    "other writers of %s left no room for a commit, %d times"
                        .formatted(spec.path(), conflicts),
                    e);
              }
              LOG.info("another writer of {} was faster; the commit is tried again", spec.path());
            }
          }
        });
  }

  /**
   * Makes sure that rows can be replaced in this table.
   *
   * @throws SinkException where another stream has rows in it: rows are found by their ordinal,
   *     which each stream counts for itself, so that the other's would go with them
   */
  public void requireReplaceable() throws IOException {
    DeltaCalls.call(
        () -> {
          Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
          requireReplaceable(TransactionVersions.of(snapshot));
          return null;
        });
  }

  private void requireReplaceable(TransactionVersions versions) {
    for (String appId : versions.appIds()) {
      if (stream.isAnother(appId)) {
        throw new SinkException(
            ("the Delta table at %s has rows of another stream or ledger too (%s): to replace rows"
                    + " by their %s, which each stream counts for itself, would remove that"
                    + " stream's as well. Give each stream a table of its own, or let it append"
                    + " (table.on-overwrite)")
                .formatted(spec.path(), appId, TableSpec.ORDINAL));
      }
    }
  }

  private void tryAnnounce(TableCommit commit) throws Exception {
    OptimisticTransaction transaction = begin();
    TransactionVersions versions = versions(transaction);
    if (!isDue(commit, versions, transaction) || announced(versions).equals(commit.next())) {
      return;
    }
    Action announcement =
        DeltaScala.transaction(
            stream.announcedAppId(), announcement(commit.next()), System.currentTimeMillis());
    commit(transaction, List.of(announcement), commit.expected());
  }

  private TransactionVersions versions(OptimisticTransaction transaction) throws IOException {
    return TransactionVersions.read(
        transaction,
        List.of(stream.ordinalAppId(), stream.attemptAppId(), stream.announcedAppId()));
  }

  /** That a step has landed already, which is rare, is believed of the log itself only. */
  private boolean isDue(
      TableCommit commit, TransactionVersions versions, OptimisticTransaction transaction) {
    return isDue(commit, versions)
        || isDue(commit, TransactionVersions.inLog(transaction.snapshot()));
  }

  private boolean isDue(TableCommit commit, TransactionVersions versions) {
    return commit.isDue(committed(versions), announced(versions), spec.path());
  }

  private CommittedOffset committed(TransactionVersions versions) {
    return offset(versions.of(stream.ordinalAppId()), versions.of(stream.attemptAppId()));
  }

  private CommittedOffset announced(TransactionVersions versions) {
    long announced = versions.of(stream.announcedAppId());
    return offset(announced >> ATTEMPT_BITS, announced & MAX_ATTEMPT);
  }

  private static long announcement(CommittedOffset next) {
    return next.ordinal() << ATTEMPT_BITS | Math.min(next.attempt(), MAX_ATTEMPT);
  }

  private void tryCommit(TableCommit commit) throws Exception {
    OptimisticTransaction transaction = begin();
    TransactionVersions versions = versions(transaction);
    if (!isDue(commit, versions, transaction)) {
      return;
    }
    if (!commit.replacedOrdinals().isEmpty()) {
      requireReplaceable(versions);
    }
    List<Action> actions =
        new ArrayList<>(ReplacedRows.remove(transaction, commit.replacedOrdinals()));
    commit.files().forEach(file -> actions.add(DeltaScala.addFile(file)));
    long clock = System.currentTimeMillis();
    actions.add(DeltaScala.transaction(stream.ordinalAppId(), commit.next().ordinal(), clock));
    actions.add(DeltaScala.transaction(stream.attemptAppId(), commit.next().attempt(), clock));
    commit(transaction, actions, commit.next());
  }

  /** Each version tells where the stream is in it. */
  private void commit(
      OptimisticTransaction transaction, List<Action> actions, CommittedOffset offset) {
    transaction.commit(
        DeltaScala.seq(actions),
        new DeltaOperations.StreamingUpdate(
            OutputMode.Append(), stream.ordinalAppId(), offset.ordinal(), Option.empty()));
  }

  private OptimisticTransaction begin() {
    SparkSession.setActiveSession(spark);
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    Metadata metadata = transaction.metadata();
    checkIdentity(metadata);
    TableFit.misfit(spec, transaction.protocol(), metadata)
        .ifPresent(
            misfit -> {
              throw new TableChangedException(
                  "the Delta table at %s has changed: %s".formatted(spec.path(), misfit));
            });
    return transaction;
  }

  private void checkIdentity(Metadata metadata) {
    if (!metadata.id().equals(tableId)) {
      throw new SinkException(
          ("the Delta table at %s was created anew while the stream was running (its id was %s and"
                  + " is %s): start the application again if that was meant")
              .formatted(spec.path(), tableId, metadata.id()));
    }
    if (metadata.configuration().contains(TRANSACTION_RETENTION)) {
      throw new SinkException(
          ("the Delta table at %s has %s, which would let it forget how far the stream is: ALTER"
                  + " TABLE delta.`%s` UNSET TBLPROPERTIES ('%s')")
              .formatted(spec.path(), TRANSACTION_RETENTION, spec.path(), TRANSACTION_RETENTION));
    }
  }

  private static CommittedOffset offset(long ordinal, long attempt) {
    return ordinal < 1
        ? CommittedOffset.NONE
        : new CommittedOffset(ordinal, Math.toIntExact(attempt));
  }

  private static void create(SparkSession spark, TableSpec spec) throws IOException {
    DeltaCalls.call(
        () -> {
          removeUnbegun(DeltaLog.forTable(spark, spec.path()));
          DeltaTableBuilder builder =
              DeltaTable.createIfNotExists(spark)
                  .location(spec.path())
                  .addColumns(spec.schema())
                  .partitionedBy(spec.partitionColumns().toArray(String[]::new));
          TableFit.properties(spec).forEach(builder::property);
          builder.execute();
          return null;
        });
  }

  /**
   * Removes the log's directory where a process has ended between making it and the first version:
   * Delta takes a table's directory that is not empty for a table, and would make none.
   */
  private static void removeUnbegun(DeltaLog log) throws IOException {
    FileSystem system = log.logPath().getFileSystem(log.newDeltaHadoopConf());
    try {
      FileStatus[] left = system.listStatus(log.logPath());
      for (FileStatus status : left) {
        if (!status.isDirectory() && !status.getPath().getName().startsWith(".")) {
          return; // another has just made the table
        }
      }
      for (FileStatus status : left) {
        system.delete(status.getPath(), false); // of its directories, only empty ones
      }
      system.delete(log.logPath(), false);
    } catch (FileNotFoundException e) {
      // Nobody has begun.
    }
  }
}
